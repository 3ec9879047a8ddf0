/** A row number as a number in [0, 1): splitmix32's finalizer over row and seed, since sha256 a row would buy nothing here. */
export function unitRow(row: number, seed: number): number {
  const high = mix(Math.floor(row / 2 ** 32) ^ mix(seed));
  return mix((row | 0) ^ high) / 2 ** 32;
}

function mix(value: number): number {
  let z = (value + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
