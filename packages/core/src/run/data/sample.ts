import type { Batches, Frame } from "../../contracts/frame.js";
import { concat, take } from "../../frame/take.js";
import { unitRow } from "../../frame/unit-row.js";

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
    const units = new Float64Array(frame.length);
    for (let i = 0; i < units.length; i++) units[i] = unitRow(first + i, seed);
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
  const rows = new Int32Array(units.length);
  let count = 0;
  for (let row = 0; row < units.length; row++) if (units[row]! <= bound) rows[count++] = row;
  if (count === frame.length) return { frame, units };
  const chosen = rows.slice(0, count);
  return { frame: take(frame, chosen), units: Float64Array.from(chosen, (row) => units[row]!) };
}

/** The count-th smallest hash. */
function smallest(kept: readonly Kept[], count: number): number {
  const all = new Float64Array(kept.reduce((sum, { units }) => sum + units.length, 0));
  let at = 0;
  for (const { units } of kept) {
    all.set(units, at);
    at += units.length;
  }
  return all.length <= count ? 1 : all.sort()[count - 1]!;
}
