import type { Transform } from "@millrace/core";
import { asItIs } from "./as-it-is.js";
import { requireInputs, type Takes } from "./input.js";

/** Of each column, in order: whether it stays. */
export interface SelectionState {
  readonly kept: readonly boolean[];
}

/** What a transform that only chooses among its columns promises and lowers: those kept pass as they are, the others are gone for all that is behind. */
export function choosing(takes: Takes): Pick<Transform<SelectionState>, "fields" | "lower"> {
  return {
    fields(input) {
      requireInputs(takes, input, "promised");
      return input.map((field) => asItIs(field));
    },
    lower: ({ kept }, input) => new Map([...input].filter((_, index) => kept[index])),
  };
}
