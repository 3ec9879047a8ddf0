import type { Field, Frame } from "../contracts/frame.js";
import type { Seen } from "../contracts/model.js";
import { seeded } from "../frame/random.js";
import { goldenRows, randomRows } from "../frame/random-rows.js";
import { concat, slice } from "../frame/take.js";

/**
 * A frame of random rows, the same for the same generator: values in the ranges of `seen` (defaults where a column is not in it), and
 * among them missing ones, `""`, unseen texts, infinities and extremes of the dtype.
 */
export function randomFrame(fields: readonly Field[], rows: number, random: () => number, seen: Readonly<Record<string, Seen>> = {}): Frame {
  return randomRows(fields, seen, rows, random);
}

/** Each value where implementations differ, in a row of its own and so surely there; then random rows, where such values meet. */
export function oddFrame(fields: readonly Field[], rows: number, seed: number): Frame {
  const golden = goldenRows(fields, {});
  // The second row has nothing. A code is never null: what is missing has a code of its own.
  const odd = fields.some(({ categories }) => categories !== null) ? concat([slice(golden, 0, 1), slice(golden, 2, golden.length)]) : golden;
  return concat([odd, randomFrame(fields, rows, seeded(seed))]);
}
