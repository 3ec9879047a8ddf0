import type { Batches, Frame } from "../../contracts/frame.js";
import { concat, take } from "../../frame/take.js";
import { unitRow } from "../split/unit-hash.js";

interface Kept {
  readonly frame: Frame;
  /** The hash of each row. */
  readonly units: Float64Array;
}

/** `count` rows at most, in read order: those whose hashed row numbers are least, so that the choice needs one pass and one seed. */
export async function* sampleRows(batches: Batches, count: number, seed: number): Batches {
  let kept: Kept[] = [];
  let bound = 1;
  let row = 0;
  for await (const frame of batches) {
    const first = row;
    const units = Float64Array.from({ length: frame.length }, (_, i) => unitRow(first + i, seed));
    row += frame.length;
    kept.push(below({ frame, units }, bound));
    if (kept.reduce((sum, { units }) => sum + units.length, 0) > 2 * count + 65_536) {
      bound = smallest(kept, count);
      kept = kept.map((one) => below(one, bound));
    }
  }
  const last = smallest(kept, count);
  const [first, ...rest] = kept.map((one) => below(one, last).frame);
  if (first !== undefined) yield concat([first, ...rest]);
}

function below({ frame, units }: Kept, bound: number): Kept {
  const rows = Int32Array.from(Array.from(units.keys()).filter((row) => units[row]! <= bound));
  return rows.length === frame.length ? { frame, units } : { frame: take(frame, rows), units: Float64Array.from(rows, (row) => units[row]!) };
}

/** The count-th smallest hash. */
function smallest(kept: readonly Kept[], count: number): number {
  const all = Float64Array.from(kept.flatMap(({ units }) => Array.from(units))).sort();
  return all.length <= count ? 1 : all[count - 1]!;
}
