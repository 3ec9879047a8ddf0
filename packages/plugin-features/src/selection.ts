import type { Remark, Transform } from "@millrace/core";
import { asItIs } from "./as-it-is.js";
import { requireInputs, type Takes } from "./input.js";

/** Of each column, in order: whether it stays. */
export interface SelectionState {
  readonly kept: readonly boolean[];
  /** What was left out, and why. */
  readonly remarks: readonly Remark[];
}

/** Columns that a remark names, at most. */
const NAMED = 10;

/** `why`: a few words of what the column at an index was left out for. */
export function selectionOf(transform: string, columns: readonly string[], kept: readonly boolean[], why: (index: number) => string): SelectionState {
  const left = columns.flatMap((name, index) => (kept[index] ? [] : [`\`${name}\` (${why(index)})`]));
  if (left.length === 0) return { kept, remarks: [] };
  const more = left.length > NAMED ? ` and ${left.length - NAMED} more` : "";
  return { kept, remarks: [{ about: "training", sentence: `\`${transform}\` left out ${left.length} of ${columns.length} columns: ${left.slice(0, NAMED).join(", ")}${more}.` }] };
}

/** A number of a remark. */
export function shortly(value: number): string {
  return String(Number(value.toPrecision(3)));
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
