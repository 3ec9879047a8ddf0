import type { Frame } from "../../contracts/frame.js";
import { take } from "../../frame/take.js";
import { units } from "../split/unit-hash.js";
import { JACKKNIFE_GROUPS } from "./jackknife.js";

/** A frame cut into the jackknife's groups, by a hash of the key column (so that rows of one group or key stay together), else of the row's number on its side. */
export function rowGroups(frame: Frame, firstRow: number, key: string | null, view: Frame): readonly (Frame | null)[] {
  const unit = units(frame, firstRow, key, "jackknife", JACKKNIFE_GROUPS);
  const rows: number[][] = Array.from({ length: JACKKNIFE_GROUPS }, () => []);
  unit.forEach((value, row) => rows[Math.floor(value * JACKKNIFE_GROUPS)]!.push(row));
  return rows.map((chosen) => (chosen.length === 0 ? null : take(view, Int32Array.from(chosen))));
}
