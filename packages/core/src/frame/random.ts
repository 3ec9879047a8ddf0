import { createHash } from "node:crypto";

/**
 * Uniform numbers in [0, 1) with 53 bits, the same for the same seed on every machine: Doty-Humphrey's sfc32 (PractRand, 2010)
 * with a state of sha256(seed), two draws a number as in genrand_res53 (Matsumoto and Nishimura).
 */
export function seeded(seed: string | number): () => number {
  const state = createHash("sha256").update(String(seed)).digest();
  let a = state.readInt32LE(0);
  let b = state.readInt32LE(4);
  let c = state.readInt32LE(8);
  let counter = 1;
  const draw = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) draw();
  return () => ((draw() >>> 5) * 67108864 + (draw() >>> 6)) / 9007199254740992;
}
