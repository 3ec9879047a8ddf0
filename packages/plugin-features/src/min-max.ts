import { defineFold, extremes, fuse, type Extremes, type Transform } from "@millrace/core";
import type { z } from "zod";
import { numberField, overColumns } from "./columns.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import type { minMaxOptions } from "./min-max.options.js";

const TAKES: Takes = { transform: "min-max", allowed: NUMBERS, mend: "Give it columns of numbers; use `category` for text and `date-parts` for times." };

/** result = value * scale + offset. */
export interface MinMaxState {
  readonly scales: Float64Array;
  readonly offsets: Float64Array;
}

/** The range of the training rows becomes `lower` to `upper`; missing stays missing, a constant column becomes `lower`. */
export function minMax({ lower, upper, clip }: z.infer<typeof minMaxOptions>): Transform<MinMaxState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => numberField(name));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      const fused = fuse(Object.fromEntries(input.map(({ name }, index) => [String(index), extremes(name)])));
      return defineFold({ ...fused, finish: (partial) => stateOf(Object.values(fused.finish(partial)), lower, upper) });
    },
    lower: ({ scales, offsets }, input, graph) =>
      overColumns(input, graph, (x, { row, mul, add, where, less, greater }) => {
        const scaled = add(mul(x, row(scales)), row(offsets));
        if (!clip) return scaled;
        const above = where(less(scaled, lower), lower, scaled);
        return where(greater(above, upper), upper, above);
      }),
  };
}

/** As scikit-learn's MinMaxScaler: a range of 0 counts as 1. */
function stateOf(all: readonly Extremes[], lower: number, upper: number): MinMaxState {
  const scales = Float64Array.from(all, ({ minimum, maximum }) => (upper - lower) / (minimum === null || maximum! - minimum < 10 * Number.EPSILON ? 1 : maximum! - minimum));
  return { scales, offsets: Float64Array.from(all, ({ minimum }, index) => lower - (minimum ?? 0) * scales[index]!) };
}
