/** Validity bitmaps: bit i = row i, least significant first (Arrow's layout). Bits behind the last row are 0. */

export function bitmap(length: number): Uint8Array {
  return new Uint8Array((length + 7) >> 3);
}

export function setBit(bits: Uint8Array, row: number): void {
  bits[row >> 3]! |= 1 << (row & 7);
}

export function hasBit(bits: Uint8Array, row: number): boolean {
  return ((bits[row >> 3]! >> (row & 7)) & 1) === 1;
}

/** A bitmap of `length` ones. */
export function ones(length: number): Uint8Array {
  const bits = bitmap(length).fill(255);
  return trim(bits, length);
}

/** The number of ones among the first `length` bits. */
export function countOnes(bits: Uint8Array, length: number): number {
  let count = 0;
  const whole = length >> 3;
  for (let i = 0; i < whole; i++) count += POPULATION[bits[i]!]!;
  for (let row = whole << 3; row < length; row++) if (hasBit(bits, row)) count++;
  return count;
}

/** Bits [from, to) as a bitmap of their own; null where all are ones, the canonical form of "nothing is missing". */
export function sliceBits(bits: Uint8Array, from: number, to: number): Uint8Array | null {
  const length = to - from;
  const out = bitmap(length);
  const shift = from & 7;
  const start = from >> 3;
  for (let i = 0; i < out.length; i++) out[i] = (bits[start + i]! >> shift) | ((bits[start + i + 1] ?? 0) << (8 - shift));
  return someMissing(trim(out, length), length);
}

/** Writes the first `length` bits of a bitmap (whose other bits are 0) at bit `at` of another, which holds zeros there. */
export function copyBits(bits: Uint8Array, length: number, into: Uint8Array, at: number): void {
  const shift = at & 7;
  const start = at >> 3;
  for (let i = 0; i < (length + 7) >> 3; i++) {
    into[start + i]! |= bits[i]! << shift;
    if (shift > 0 && start + i + 1 < into.length) into[start + i + 1]! |= bits[i]! >> (8 - shift);
  }
}

/** The bitmap, or null where its first `length` bits are all ones. */
export function someMissing(bits: Uint8Array, length: number): Uint8Array | null {
  return countOnes(bits, length) === length ? null : bits;
}

/** Clears the bits behind the last row. */
function trim(bits: Uint8Array, length: number): Uint8Array {
  if ((length & 7) !== 0) bits[length >> 3]! &= (1 << (length & 7)) - 1;
  return bits;
}

const POPULATION = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0;
  for (let rest = byte; rest !== 0; rest &= rest - 1) count++;
  return count;
});
