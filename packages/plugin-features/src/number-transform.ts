import type { Arithmetic, Fold, Transform, Value } from "@millrace/core";
import { numberField, overColumns } from "./columns.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";

/** A transform of numbers, column by column under their own names: what `fit` learns of all columns, `formula` computes for all at once. */
export function numberTransform<State>(transform: string, fit: (columns: readonly string[]) => Fold<State>, formula: (x: Value, state: State, math: Arithmetic) => Value): Transform<State> {
  const takes: Takes = { transform, allowed: NUMBERS, mend: "Give it columns of numbers; use `category` for text and `date-parts` for times." };
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(takes, input, "promised");
      return input.map(({ name }) => numberField(name));
    },
    fit(input) {
      requireInputs(takes, input, "fitted");
      return fit(input.map(({ name }) => name));
    },
    lower: (state, input, graph) => overColumns(input, graph, (x, math) => formula(x, state, math)),
  };
}
