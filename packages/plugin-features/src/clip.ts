import { type Transform } from "@millrace/core";
import type { z } from "zod";
import type { clipOptions } from "./clip.options.js";
import { numberField, overColumns } from "./columns.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import { nothing } from "./nothing.js";

const TAKES: Takes = { transform: "clip", allowed: NUMBERS, mend: "Give it columns of numbers." };

/** Values held between fixed bounds; missing stays missing. */
export function clip({ lower, upper }: z.infer<typeof clipOptions>): Transform<null> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => numberField(name));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return nothing;
    },
    // Compared and chosen: ONNX Min and Max leave open what they do with NaN.
    lower: (_state, input, graph) =>
      overColumns(input, graph, (x, { where, less, greater }) => {
        const above = lower === null ? x : where(less(x, lower), lower, x);
        return upper === null ? above : where(greater(above, upper), upper, above);
      }),
  };
}
