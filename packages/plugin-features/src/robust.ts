import { quantilesOf, type Transform } from "@millrace/core";
import type { z } from "zod";
import { numberField, overColumns } from "./columns.js";
import { distributionsOf } from "./distributions.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import type { robustOptions } from "./robust.options.js";
import { scaleOf } from "./scale-of.js";

const TAKES: Takes = { transform: "robust", allowed: NUMBERS, mend: "Give it columns of numbers; use `category` for text and `date-parts` for times." };

export interface RobustState {
  readonly centers: Float64Array;
  readonly scales: Float64Array;
}

/** The median at 0 and the distance of two quantiles 1, so that a few far values change nothing. Missing stays missing, infinities infinite. */
export function robust({ lower, upper, center }: z.infer<typeof robustOptions>): Transform<RobustState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => numberField(name));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return distributionsOf(input.map(({ name }) => name), (distributions) => {
        const quantiles = distributions.map((each) => quantilesOf(each, [lower, 0.5, upper]));
        return {
          centers: Float64Array.from(quantiles, ([, median]) => (center ? median || 0 : 0)),
          scales: Float64Array.from(quantiles, ([low, , high]) => scaleOf(high! - low!)),
        };
      });
    },
    lower: ({ centers, scales }, input, graph) => overColumns(input, graph, (x, { row, sub, div }) => div(sub(x, row(centers)), row(scales))),
  };
}
