import { defineFold, extremes, fuse, type Extremes, type Transform } from "@millrace/core";
import type { z } from "zod";
import type { minMaxOptions } from "./min-max.options.js";
import { numberTransform } from "./number-transform.js";

/** result = value * scale + offset. */
export interface MinMaxState {
  readonly scales: Float64Array;
  readonly offsets: Float64Array;
}

/** The range of the training rows becomes `lower` to `upper`; missing stays missing, a constant column becomes `lower`. */
export function minMax({ lower, upper, clip }: z.infer<typeof minMaxOptions>): Transform<MinMaxState> {
  return numberTransform(
    "min-max",
    (columns) => {
      const fused = fuse(Object.fromEntries(columns.map((name, index) => [String(index), extremes(name)])));
      return defineFold({ ...fused, finish: (partial) => stateOf(Object.values(fused.finish(partial)), lower, upper) });
    },
    (x, { scales, offsets }, { row, mul, add, where, less, greater }) => {
      const scaled = add(mul(x, row(scales)), row(offsets));
      if (!clip) return scaled;
      const above = where(less(scaled, lower), lower, scaled);
      return where(greater(above, upper), upper, above);
    },
  );
}

/** As scikit-learn's MinMaxScaler: a range of 0 counts as 1. */
function stateOf(all: readonly Extremes[], lower: number, upper: number): MinMaxState {
  const scales = Float64Array.from(all, ({ minimum, maximum }) => (upper - lower) / (minimum === null || maximum! - minimum < 10 * Number.EPSILON ? 1 : maximum! - minimum));
  return { scales, offsets: Float64Array.from(all, ({ minimum }, index) => lower - (minimum ?? 0) * scales[index]!) };
}
