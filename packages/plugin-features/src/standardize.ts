import type { Transform } from "@millrace/core";
import type { z } from "zod";
import { momentsOf, momentsState, type MomentsState } from "./moments-state.js";
import { numberTransform } from "./number-transform.js";
import type { standardizeOptions } from "./standardize.options.js";

/** Mean 0 and standard deviation 1 (of the population) over the training rows. Infinite values are in neither, and stay infinite. */
export function standardize({ missing }: z.infer<typeof standardizeOptions>): Transform<MomentsState> {
  return numberTransform(
    "standardize",
    (columns) => momentsOf(columns, momentsState),
    (x, { means, scales }, { row, sub, div, where, isNaN }) => {
      const scaled = div(sub(x, row(means)), row(scales));
      return missing === "mean" ? where(isNaN(x), 0, scaled) : scaled;
    },
  );
}
