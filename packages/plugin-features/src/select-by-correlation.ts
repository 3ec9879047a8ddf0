import { defineFold, MillraceError, type Transform } from "@millrace/core";
import type { z } from "zod";
import { coMoments, correlationOf } from "./co-moments.js";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import type { selectByCorrelationOptions } from "./select-by-correlation.options.js";
import { choosing, selectionOf, shortly, type SelectionState } from "./selection.js";

const TAKES: Takes = { transform: "select-by-correlation", allowed: NUMBERS, mend: "Give it columns of numbers; correlation has no meaning for categories." };

/** What is learnt of columns grows with their square. */
const MOST = 500;

/** Leaves out numbers that say what an earlier column says: Pearson's correlation over the training rows that have both values. */
export function selectByCorrelation({ atMost }: z.infer<typeof selectByCorrelationOptions>): Transform<SelectionState> {
  return {
    learnsFrom: "inputs",
    ...choosing(TAKES),
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      if (input.length > MOST) throw new MillraceError({ code: "TRANSFORM_WIDTH", message: `\`select-by-correlation\` was given ${input.length} columns; it takes ${MOST} at most.`, mend: "Give it groups of columns, one after another." });
      const fold = coMoments(input.map(({ name }) => name));
      return defineFold({
        ...fold,
        finish(partial) {
          // Of each column, the first one before it that stays and says the same; -1: none does.
          const like: number[] = [];
          for (let i = 0; i < input.length; i++) like.push(like.findIndex((other, j) => other === -1 && Math.abs(correlationOf(partial, i, j)) > atMost));
          const why = (i: number) => `correlation ${shortly(correlationOf(partial, i, like[i]!))} with \`${input[like[i]!]!.name}\``;
          return selectionOf(TAKES.transform, input.map(({ name }) => name), like.map((other) => other === -1), why);
        },
      });
    },
  };
}
