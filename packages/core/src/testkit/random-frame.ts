import type { Field, Frame } from "../contracts/frame.js";
import type { Seen } from "../contracts/model.js";
import { randomRows } from "../frame/random-rows.js";

/**
 * A frame of random rows, the same for the same generator: values in the ranges of `seen` (defaults where a column is not in it), and
 * among them missing ones, `""`, unseen texts, infinities and extremes of the dtype.
 */
export function randomFrame(fields: readonly Field[], rows: number, random: () => number, seen: Readonly<Record<string, Seen>> = {}): Frame {
  return randomRows(fields, seen, rows, random);
}
