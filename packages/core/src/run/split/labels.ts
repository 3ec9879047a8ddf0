import type { Fold } from "../../contracts/fold.js";
import type { Frame } from "../../contracts/frame.js";
import type { Columns } from "../../contracts/resolved.js";
import { before } from "../../config/duration.js";
import { toFloat64 } from "../../frame/missing.js";
import { sideCode, USED_SIDES } from "../data/sides.js";
import { hasLabel } from "../data/target.js";
import { greatest } from "./greatest.js";

/**
 * Takes rows off their sides that cannot teach or judge: without a label (never a negative), or with one younger than
 * `columns.horizon` before the greatest time of the data (never the clock: digests must not depend on it).
 */
export async function labelledSides(
  columns: Pick<Columns, "target" | "time" | "horizon">,
  pass: <Result>(fold: Fold<Result>) => Promise<Result>,
): Promise<(frame: Frame, sides: Uint8Array) => Uint8Array> {
  const { target, time, horizon } = columns;
  if (target === null) return (_, sides) => sides;
  const ripeUntil = time !== null && horizon !== null ? before(await pass(greatest(time)), horizon) : Infinity;
  const unripe = sideCode("label not ripe");
  const unlabelled = sideCode("no label");
  return (frame, sides) => {
    const labelled = hasLabel(frame, target);
    const times = ripeUntil < Infinity ? toFloat64(frame.column(time!)) : null;
    return sides.map((side, row) => {
      if (side >= USED_SIDES.length) return side;
      if (!labelled(row)) return unlabelled;
      return times !== null && times[row]! > ripeUntil ? unripe : side;
    });
  };
}
