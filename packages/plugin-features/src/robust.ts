import { quantilesOf, type Transform } from "@millrace/core";
import type { z } from "zod";
import { distributionsOf } from "./distributions.js";
import { numberTransform } from "./number-transform.js";
import type { robustOptions } from "./robust.options.js";
import { scaleOf } from "./scale-of.js";

export interface RobustState {
  readonly centers: Float64Array;
  readonly scales: Float64Array;
}

/** The median at 0 and the distance of two quantiles 1, so that a few far values change nothing. Missing stays missing, infinities infinite. */
export function robust({ lower, upper, center }: z.infer<typeof robustOptions>): Transform<RobustState> {
  return numberTransform(
    "robust",
    (columns) =>
      distributionsOf(columns, (distributions) => {
        const quantiles = distributions.map((each) => quantilesOf(each, [lower, 0.5, upper]));
        return {
          centers: Float64Array.from(quantiles, ([, median]) => (center ? median || 0 : 0)),
          scales: Float64Array.from(quantiles, ([low, , high]) => scaleOf(high! - low!)),
        };
      }),
    (x, { centers, scales }, { row, sub, div }) => div(sub(x, row(centers)), row(scales)),
  );
}
