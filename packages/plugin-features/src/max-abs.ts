import { defineFold, extremes, fuse, type Transform } from "@millrace/core";
import { numberField, overColumns } from "./columns.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import { scaleOf } from "./scale-of.js";

const TAKES: Takes = { transform: "max-abs", allowed: NUMBERS, mend: "Give it columns of numbers; use `category` for text and `date-parts` for times." };

export interface MaxAbsState {
  readonly scales: Float64Array;
}

/** Divided by the greatest absolute training value: within -1 and 1, and 0 stays 0. Missing stays missing, infinities infinite. */
export function maxAbs(): Transform<MaxAbsState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => numberField(name));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      const fused = fuse(Object.fromEntries(input.map(({ name }, index) => [String(index), extremes(name)])));
      return defineFold({
        ...fused,
        finish: (partial) => ({ scales: Float64Array.from(Object.values(fused.finish(partial)), ({ minimum, maximum }) => scaleOf(Math.max(Math.abs(minimum ?? 0), Math.abs(maximum ?? 0)))) }),
      });
    },
    lower: ({ scales }, input, graph) => overColumns(input, graph, (x, { row, div }) => div(x, row(scales))),
  };
}
