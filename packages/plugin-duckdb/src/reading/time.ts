import type { Convert } from "./number-reader.js";

const DAY_MS = 86_400_000;

/**
 * Microseconds to milliseconds, rounded down, without BigInt: with v = high * 2^32 + low and 2^32 = 4294967 * 1000 + 296,
 * floor(v / 1000) = high * 4294967 + floor((high * 296 + low) / 1000), each term exact in a double.
 */
export const microsecondsToMs: Convert = (vector, from, count, out, at) => {
  const items = vector.items as BigInt64Array;
  const input = new Int32Array(items.buffer, items.byteOffset, items.length * 2);
  const output = new Int32Array((out as BigInt64Array).buffer);
  for (let i = 0; i < count; i++) {
    const high = input[2 * (from + i) + 1]!;
    const low = input[2 * (from + i)]! >>> 0;
    writeWhole(output, at + i, high * 4_294_967 + Math.floor((high * 296 + low) / 1000));
  }
};

/** DATE (days since 1970) to milliseconds. */
export const daysToMs: Convert = (vector, from, count, out, at) => {
  const items = vector.items as Int32Array;
  const output = new Int32Array((out as BigInt64Array).buffer);
  for (let i = 0; i < count; i++) writeWhole(output, at + i, items[from + i]! * DAY_MS);
};

export const secondsToMs: Convert = eachTime((seconds) => seconds * 1000n);

export const nanosecondsToMs: Convert = eachTime((nanoseconds) => (nanoseconds >= 0n ? nanoseconds / 1_000_000n : -((999_999n - nanoseconds) / 1_000_000n)));

function eachTime(toMs: (time: bigint) => bigint): Convert {
  return (vector, from, count, out, at) => {
    const items = vector.items as BigInt64Array;
    for (let i = 0; i < count; i++) {
      const time = items[from + i]!;
      // Infinities are the ends of int64; they stay there, so that the range check finds them after any conversion.
      (out as BigInt64Array)[at + i] = time >= ENDLESS || time <= -ENDLESS ? time : toMs(time);
    }
  };
}

const ENDLESS = 2n ** 63n - 1n;

/** A whole number of at most 63 bits into two words of an int64, low word first (Node runs on little-endian machines). */
function writeWhole(words: Int32Array, index: number, value: number): void {
  const high = Math.floor(value / 4_294_967_296);
  words[2 * index] = value - high * 4_294_967_296;
  words[2 * index + 1] = high;
}
