import { digitStarts } from "./digit-starts.js";

/** Below this a comparison sort is as fast. */
const FEW = 1_024;
/** Bits of a digit, and how many of its values there are. */
const DIGIT = 11;
const VALUES = 1 << DIGIT;

/** Room for the keys of one sort, low and high half, twice; grown as needed. */
let room = new Uint32Array(0);

/**
 * Sorts numbers that are no NaN in place, ascending, -0 before 0: a least-significant-digit radix sort of their bits (D. Knuth, "The Art of Computer Programming" 3, 5.2.5).
 * Digits in which all agree are passed over, and numbers that float32 holds are sorted by its 32 bits. Several times as fast as the comparison sort of the language.
 */
export function sortNumbers(values: Float64Array): Float64Array {
  const { length } = values;
  if (length < FEW) return values.sort();
  if (room.length < 4 * length) room = new Uint32Array(4 * length);
  if (areSingle(values)) return sortSingle(values);
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * length);
  let [from, to] = [room.subarray(0, 2 * length), room.subarray(2 * length, 4 * length)];
  const counts = new Uint32Array(6 * VALUES);
  readKeys(words, from, counts);
  for (let digit = 0; digit < 6; digit++) {
    const starts = counts.subarray(digit * VALUES, (digit + 1) * VALUES);
    if (starts.includes(length)) continue;
    pass(from, to, digitStarts(starts), digit);
    [from, to] = [to, from];
  }
  for (let i = 0; i < 2 * length; i += 2) {
    const high = from[i + 1]!;
    const isNegative = high < 0x80000000;
    words[i] = isNegative ? ~from[i]! : from[i]!;
    words[i + 1] = isNegative ? ~high : high ^ 0x80000000;
  }
  return values;
}

function areSingle(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Math.fround(values[i]!) !== values[i]) return false;
  return true;
}

function sortSingle(values: Float64Array): Float64Array {
  const { length } = values;
  const numbers = new Float32Array(room.buffer, 0, length);
  let [from, to] = [room.subarray(0, length), room.subarray(length, 2 * length)];
  numbers.set(values);
  const counts = new Uint32Array(3 * VALUES);
  for (let i = 0; i < length; i++) {
    const bits = from[i]!;
    const key = bits >= 0x80000000 ? ~bits >>> 0 : (bits | 0x80000000) >>> 0;
    from[i] = key;
    counts[key & 2047]!++;
    counts[VALUES + ((key >>> 11) & 2047)]!++;
    counts[2 * VALUES + (key >>> 22)]!++;
  }
  for (let digit = 0; digit < 3; digit++) {
    const starts = counts.subarray(digit * VALUES, (digit + 1) * VALUES);
    if (starts.includes(length)) continue;
    passSingle(from, to, digitStarts(starts), DIGIT * digit);
    [from, to] = [to, from];
  }
  for (let i = 0; i < length; i++) from[i] = from[i]! < 0x80000000 ? ~from[i]! : from[i]! ^ 0x80000000;
  values.set(new Float32Array(from.buffer, from.byteOffset, length));
  return values;
}

function passSingle(from: Uint32Array, to: Uint32Array, starts: Uint32Array, shift: number): void {
  for (let i = 0; i < from.length; i++) {
    const key = from[i]!;
    to[starts[(key >>> shift) & 2047]!++] = key;
  }
}

/** Bits that sort as the numbers do: the sign bit flipped, and all bits where negative. Counts each digit of them. */
function readKeys(words: Uint32Array, keys: Uint32Array, counts: Uint32Array): void {
  for (let i = 0; i < keys.length; i += 2) {
    const isNegative = words[i + 1]! >= 0x80000000;
    const low = isNegative ? ~words[i]! >>> 0 : words[i]!;
    const high = isNegative ? ~words[i + 1]! >>> 0 : (words[i + 1]! | 0x80000000) >>> 0;
    keys[i] = low;
    keys[i + 1] = high;
    counts[low & 2047]!++;
    counts[VALUES + ((low >>> 11) & 2047)]!++;
    counts[2 * VALUES + (((low >>> 22) | (high << 10)) & 2047)]!++;
    counts[3 * VALUES + ((high >>> 1) & 2047)]!++;
    counts[4 * VALUES + ((high >>> 12) & 2047)]!++;
    counts[5 * VALUES + (high >>> 23)]!++;
  }
}

function pass(from: Uint32Array, to: Uint32Array, starts: Uint32Array, digit: number): void {
  // The third digit lies across both halves.
  const [shift, isAcross] = [digit < 2 ? DIGIT * digit : DIGIT * digit - 32, digit === 2];
  const half = digit < 2 ? 0 : 1;
  for (let i = 0; i < from.length; i += 2) {
    const value = isAcross ? ((from[i]! >>> 22) | (from[i + 1]! << 10)) & 2047 : (from[i + half]! >>> shift) & 2047;
    const place = 2 * starts[value]!++;
    to[place] = from[i]!;
    to[place + 1] = from[i + 1]!;
  }
}
