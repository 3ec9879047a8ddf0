import { countCodes, defineFold, lookup, sortTexts, type Graph, type Transform, type Value } from "@millrace/core";
import type { z } from "zod";
import { numberField } from "./columns.js";
import type { frequencyOptions } from "./frequency.options.js";
import { requireInputs, type Takes } from "./input.js";
import { countLevels, mergeCounts } from "./level-counts.js";
import { levelsOf } from "./levels.js";

const TAKES: Takes = {
  transform: "frequency",
  allowed: ["text", "code"],
  mend: "Make a category of the column first: `category` for whole numbers, `date-parts` for times; then encode its result.",
};

interface Column {
  readonly categories: readonly string[];
  /** Of each category, then of missing. */
  readonly frequencies: Float64Array;
}

export interface FrequencyState {
  readonly columns: readonly Column[];
}

interface Partial {
  readonly counts: Map<string, number>[];
  readonly missing: number[];
  rows: number;
}

/** How often a row's category occurs in training. Missing has a frequency of its own; what training did not see has 0. */
export function frequency({ as }: z.infer<typeof frequencyOptions>): Transform<FrequencyState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireInputs(TAKES, input, "promised");
      return input.map(({ name }) => numberField(name));
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return defineFold<Partial, FrequencyState>({
        start: () => ({ counts: input.map(() => new Map()), missing: input.map(() => 0), rows: 0 }),
        add(partial, batch) {
          input.forEach((field, index) => {
            const levels = levelsOf(batch.column(field.name), field);
            countLevels(levels, partial.counts[index]!);
            partial.missing[index]! += countCodes(levels.codes, levels.names.length)[field.categories?.length ?? 0]!;
          });
          partial.rows += batch.length;
          return partial;
        },
        merge(left, right) {
          right.counts.forEach((counts, index) => mergeCounts(left.counts[index]!, counts));
          right.missing.forEach((count, index) => (left.missing[index]! += count));
          left.rows += right.rows;
          return left;
        },
        finish({ counts, missing, rows }) {
          const unit = as === "count" || rows === 0 ? 1 : rows;
          return {
            columns: counts.map((byName, index) => {
              const categories = sortTexts(byName.keys());
              return { categories, frequencies: Float64Array.from([...categories.map((name) => byName.get(name)!), missing[index]!], (count) => count / unit) };
            }),
          };
        },
      });
    },
    lower: ({ columns }, input, graph) => new Map([...input].map(([name, value], index) => [name, lowerFrequency(columns[index]!, value, graph)])),
  };
}

function lowerFrequency({ categories, frequencies }: Column, value: Value, graph: Graph): Value {
  const known = value.field.categories ?? categories;
  const code = value.field.categories === null ? graph.code(value, categories) : value;
  const byName = new Map(categories.map((name, index) => [name, frequencies[index]!]));
  return lookup(graph, code, [...known.map((name) => byName.get(name) ?? 0), frequencies.at(-1)!, 0]);
}
