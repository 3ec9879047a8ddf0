import { digitStarts } from "./digit-starts.js";

/*
 * Least-significant-digit radix sorts on the bits of float32 scores (D. Knuth, "The Art of Computer Programming" 3, 5.2.5), several times as fast as a
 * comparison sort. Float32 bits sort as numbers once the sign bit is flipped, and all bits where negative. No NaN, no -0.
 */

/** The order of the first `length` scores, ascending. */
export function sortedOrder(scores: Float32Array, length: number): Uint32Array {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, length);
  const keys = new Uint32Array(length);
  for (let i = 0; i < length; i++) keys[i] = (bits[i]! & 0x80000000) !== 0 ? ~bits[i]! : bits[i]! | 0x80000000;
  let order: Uint32Array<ArrayBuffer> = Uint32Array.from({ length }, (_, i) => i);
  sortByDigits(keys, (starts, shift) => {
    const next = new Uint32Array(length);
    for (let i = 0; i < length; i++) {
      const row = order[i]!;
      next[starts[(keys[row]! >>> shift) & 255]!++] = row;
    }
    order = next;
  });
  return order;
}

/** An ascending copy, perhaps in place. */
export function sortedKeys(keys: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  let from = keys;
  let to = new Uint32Array(keys.length);
  sortByDigits(keys, (starts, shift) => {
    for (let i = 0; i < from.length; i++) {
      const key = from[i]!;
      to[starts[(key >>> shift) & 255]!++] = key;
    }
    [from, to] = [to, from];
  });
  return from;
}

/** Calls `pass` for each byte in which the keys differ, the least significant first, with the place where each of its values starts. */
function sortByDigits(keys: Uint32Array, pass: (starts: Uint32Array, shift: number) => void): void {
  const counts = new Uint32Array(4 * 256);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    counts[key & 255]!++;
    counts[256 + ((key >>> 8) & 255)]!++;
    counts[512 + ((key >>> 16) & 255)]!++;
    counts[768 + (key >>> 24)]!++;
  }
  for (let digit = 0; digit < 4; digit++) {
    const starts = counts.subarray(256 * digit, 256 * (digit + 1));
    if (!starts.includes(keys.length)) pass(digitStarts(starts), 8 * digit);
  }
}
