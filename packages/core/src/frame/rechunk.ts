import type { Batches, Frame } from "../contracts/frame.js";
import { concat, slice } from "./take.js";

/** The same rows in the same order as parts of `rows` rows each, the last one with what is left. No rows: no part. */
export async function* rechunk(batches: Batches, rows: number): Batches {
  let held: Frame[] = [];
  let count = 0;
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; ) {
      const to = Math.min(batch.length, from + rows - count);
      held.push(slice(batch, from, to));
      count += to - from;
      from = to;
      if (count < rows) continue;
      yield concat(held as [Frame, ...Frame[]]);
      held = [];
      count = 0;
    }
  }
  if (count > 0) yield concat(held as [Frame, ...Frame[]]);
}
