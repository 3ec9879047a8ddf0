import type { Arrays } from "../contracts/frame.js";

type Values = Arrays[keyof Arrays];

/**
 * Rows of `width` values at the indices [from, to) of `indices`, into the head of `into`. Values move as 32-bit words, never as numbers: one
 * monomorphic loop serves all kinds of arrays, several times as fast as a loop that sees them all, and NaN and int64 keep their bits.
 */
export function gatherRows<T extends Values>(values: T, width: number, indices: Int32Array, into: T, from = 0, to = indices.length): T {
  if (values instanceof Uint8Array) gatherBytes(values, width, indices, from, to, into as Uint8Array);
  else gatherWords(wordsOf(values), (width * values.BYTES_PER_ELEMENT) / 4, indices, from, to, wordsOf(into));
  return into;
}

/** The 32-bit words of an array, low half first. */
export function wordsOf(values: Values): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.byteLength / 4);
}

function gatherWords(values: Int32Array, words: number, indices: Int32Array, from: number, to: number, into: Int32Array): void {
  let at = 0;
  if (words === 1) for (let row = from; row < to; row++) into[at++] = values[indices[row]!]!;
  else if (words === 2)
    for (let row = from; row < to; row++) {
      const start = 2 * indices[row]!;
      into[at++] = values[start]!;
      into[at++] = values[start + 1]!;
    }
  else
    for (let row = from; row < to; row++) {
      const start = words * indices[row]!;
      for (let k = 0; k < words; k++) into[at++] = values[start + k]!;
    }
}

function gatherBytes(values: Uint8Array, width: number, indices: Int32Array, from: number, to: number, into: Uint8Array): void {
  let at = 0;
  for (let row = from; row < to; row++) for (let k = 0; k < width; k++) into[at++] = values[indices[row]! * width + k]!;
}
