import { defineFold, type Field, type Graph, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import type { categoryOptions } from "./category.options.js";
import { chooseCategories, type Chosen } from "./choose-categories.js";
import { codeField } from "./codes.js";
import { groupOthers } from "./group-others.js";
import { kindOf, requireInputs, type Takes } from "./input.js";
import { countLevels, mergeCounts } from "./level-counts.js";
import { levelsOf } from "./levels.js";
import { codeOfBoolean, codeOfWhole } from "./number-codes.js";
import { countWhole } from "./whole-counts.js";

const TAKES: Takes = {
  transform: "category",
  allowed: ["text", "whole", "boolean"],
  mend: "Take text, whole numbers or booleans: cast other columns in the source's SQL, or use `date-parts` for times. What is a category already needs no second one.",
};

export interface LearntCategory extends Chosen {
  readonly of: "text" | "whole" | "boolean";
}

export interface CategoryState {
  /** Of each column: what was learnt of what. */
  readonly columns: readonly LearntCategory[];
}

/** Text, whole numbers and booleans as categories: those seen in training, texts sorted by code point, numbers by value; the one for the rest is last. */
export function category(options: z.infer<typeof categoryOptions>): Transform<CategoryState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => codeField(name, null));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return defineFold<Map<string, number>[], CategoryState>({
        start: () => input.map(() => new Map()),
        add(partial, batch) {
          input.forEach((field, index) => {
            const column = batch.column(field.name);
            if (column.dtype === "string") countLevels(levelsOf(column, field), partial[index]!);
            else countWhole(column, partial[index]!);
          });
          return partial;
        },
        merge(left, right) {
          right.forEach((counts, index) => mergeCounts(left[index]!, counts));
          return left;
        },
        finish: (partial) => ({ columns: partial.map((counts, index) => learnt(input[index]!, counts, options)) }),
      });
    },
    lower: ({ columns }, input, graph) => new Map([...input].map(([name, value], index) => [name, lowerCategory(columns[index]!, name, value, graph)])),
  };
}

function learnt(field: Field, counts: ReadonlyMap<string, number>, options: z.infer<typeof categoryOptions>): LearntCategory {
  const kind = kindOf(field);
  if (kind === "text") return { of: "text", ...chooseCategories(counts, options) };
  const { kept, other } = chooseCategories(counts, options, (a, b) => Number(a) - Number(b));
  return kind === "boolean" ? { of: "boolean", other, kept: kept.map((name) => (name === "1" ? "true" : "false")) } : { of: "whole", other, kept };
}

function lowerCategory({ of, kept, other }: LearntCategory, name: string, value: Value, graph: Graph): Value {
  const field = codeField(name, kept);
  const code = of === "text" ? graph.code(value, kept) : of === "boolean" ? codeOfBoolean(value, field, graph) : codeOfWhole(value, field, graph);
  return groupOthers(code, { kept, other }, graph);
}
