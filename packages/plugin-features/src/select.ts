import type { Transform } from "@millrace/core";
import { asItIs, PASSING } from "./as-it-is.js";
import { requireInputs, type Takes } from "./input.js";
import { nothing } from "./nothing.js";

const TAKES: Takes = { transform: "select", allowed: PASSING, mend: "Select numbers, booleans, text and categories; `date-parts` and `since` make such of times." };

/** Columns as they are: numbers become features, text waits for a transform that takes it. For `rest: "drop"`, where nothing is a feature that is not named. */
export function select(): Transform<null> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map((field) => asItIs(field));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return nothing;
    },
    lower: (_state, input) => input,
  };
}
