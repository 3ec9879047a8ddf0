import { defineFold, extremes, fuse, type Transform } from "@millrace/core";
import { numberTransform } from "./number-transform.js";
import { scaleOf } from "./scale-of.js";

export interface MaxAbsState {
  readonly scales: Float64Array;
}

/** Divided by the greatest absolute training value: within -1 and 1, and 0 stays 0. Missing stays missing, infinities infinite. */
export function maxAbs(): Transform<MaxAbsState> {
  return numberTransform(
    "max-abs",
    (columns) => {
      const fused = fuse(Object.fromEntries(columns.map((name, index) => [String(index), extremes(name)])));
      return defineFold({
        ...fused,
        finish: (partial) => ({ scales: Float64Array.from(Object.values(fused.finish(partial)), ({ minimum, maximum }) => scaleOf(Math.max(Math.abs(minimum ?? 0), Math.abs(maximum ?? 0)))) }),
      });
    },
    (x, { scales }, { row, div }) => div(x, row(scales)),
  );
}
