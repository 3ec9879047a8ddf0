import { MillraceError, sortTexts, type Field, type Transform } from "@millrace/core";
import type { z } from "zod";
import { chooseCategories, type Chosen } from "./choose-categories.js";
import { codeField } from "./codes.js";
import type { crossOptions } from "./cross.options.js";
import { crossedCodes } from "./crossed-codes.js";
import { crossedCounts, type CrossedCounts } from "./crossed-counts.js";
import { groupOthers } from "./group-others.js";
import { requireInputs, type Takes } from "./input.js";

const TAKES: Takes = {
  transform: "cross",
  allowed: ["text", "code"],
  mend: "Make a category of the column first: `category` for text and whole numbers, `date-parts` for times; then cross its result.",
};

export interface CrossState extends Chosen {
  /** Of each column, sorted: the texts seen in training; null for a column that was a category already. */
  readonly parts: readonly (readonly string[] | null)[];
  /** Combinations seen in training, by `crossName`, sorted. */
  readonly kept: readonly string[];
}

/** Combinations of two or more columns as one category. Missing where any of them is; unseen where the combination is. */
export function cross(options: z.infer<typeof crossOptions>): Transform<CrossState> {
  return {
    learnsFrom: "inputs",
    fields(input) {
      requireSeveral(input);
      requireInputs(TAKES, input, "promised");
      return [codeField(outputName(input.map(({ name }) => name)), null)];
    },
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      const fold = crossedCounts(input);
      return {
        ...fold,
        finish: ({ single, crossed }: CrossedCounts) => ({
          parts: single.map((counts, index) => (input[index]!.categories === null ? sortTexts(counts.keys()) : null)),
          ...chooseCategories(crossed, options),
        }),
      };
    },
    lower: ({ parts, kept, other }, input, graph) => {
      const field = codeField(outputName([...input.keys()]), kept);
      return new Map([[field.name, groupOthers(crossedCodes(parts, field, input, graph), { kept, other }, graph)]]);
    },
  };
}

function outputName(names: readonly string[]): string {
  return names.join("_x_");
}

function requireSeveral(input: readonly Field[]): void {
  if (input.length < 2)
    throw new MillraceError({
      code: "TRANSFORM_INPUT",
      message: `\`cross\` combines two or more columns; it was given ${input.length}.`,
      mend: "Name at least two columns in `from`.",
    });
}
