import { arithmetic, cast, defineFold, isMissing, type Column, type Field, type Graph, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import { numberField } from "./columns.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import { levelsOf } from "./levels.js";
import type { missingIndicatorOptions } from "./missing-indicator.options.js";

const TAKES: Takes = { transform: "missing-indicator", allowed: [...NUMBERS, "timestamp", "text", "code"], mend: "Give it numbers, times, text or categories." };

export interface MissingIndicatorState {
  /** Of each column: whether training had a missing value. */
  readonly seen: readonly boolean[];
}

/** 1 where a column's value is missing, 0 where it is not: `<column>_missing`. What else is made of the column is up to other transforms. */
export function missingIndicator({ columns }: z.infer<typeof missingIndicatorOptions>): Transform<MissingIndicatorState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => numberField(outputName(name)));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return defineFold<boolean[], MissingIndicatorState>({
        start: () => input.map(() => false),
        add: (seen, batch) => input.map((field, index) => seen[index]! || hasMissing(batch.column(field.name), field, batch.length)),
        merge: (left, right) => left.map((seen, index) => seen || right[index]!),
        finish: (seen) => ({ seen }),
      });
    },
    lower: ({ seen }, input, graph) =>
      new Map([...input].flatMap(([name, value], index) => (columns === "all" || seen[index]! ? [[outputName(name), indicator(value, graph)] as const] : []))),
  };
}

function outputName(name: string): string {
  return `${name}_missing`;
}

function hasMissing(column: Column, field: Field, rows: number): boolean {
  if (field.categories !== null) return levelsOf(column, field).codes.includes(field.categories.length);
  for (let row = 0; row < rows; row++) if (isMissing(column, row)) return true;
  return false;
}

function indicator(value: Value, graph: Graph): Value {
  const { where, isNaN, equal } = arithmetic(graph);
  if (value.field.dtype === "float64") return where(isNaN(value), 1, 0);
  // A text without categories has the codes 0, missing, and 1, anything else.
  const code = value.field.dtype === "string" ? graph.code(value, []) : value;
  const number = cast(graph, { ...code, field: { ...code.field, categories: null } }, "float64");
  return where(equal(number, value.field.categories?.length ?? 0), 1, 0);
}
