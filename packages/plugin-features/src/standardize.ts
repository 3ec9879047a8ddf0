import { type Transform } from "@millrace/core";
import type { z } from "zod";
import { numberField, overColumns } from "./columns.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import { momentsOf, momentsState, type MomentsState } from "./moments-state.js";
import type { standardizeOptions } from "./standardize.options.js";

const TAKES: Takes = { transform: "standardize", allowed: NUMBERS, mend: "Give it columns of numbers; use `category` for text and `date-parts` for times." };

/** Mean 0 and standard deviation 1 (of the population) over the training rows. Infinite values are in neither, and stay infinite. */
export function standardize({ missing }: z.infer<typeof standardizeOptions>): Transform<MomentsState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => numberField(name));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return momentsOf(input.map(({ name }) => name), momentsState);
    },
    lower: ({ means, scales }, input, graph) =>
      overColumns(input, graph, (x, { row, sub, div, where, isNaN }) => {
        const scaled = div(sub(x, row(means)), row(scales));
        return missing === "mean" ? where(isNaN(x), 0, scaled) : scaled;
      }),
  };
}
