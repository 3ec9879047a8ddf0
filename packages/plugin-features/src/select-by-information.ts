import { defineFold, MillraceError, type Field, type Transform } from "@millrace/core";
import type { z } from "zod";
import { bucketed, informationOf, levelled } from "./information.js";
import { kindOf, NUMBERS, requireInputs, type Takes } from "./input.js";
import { rowSample } from "./row-sample.js";
import type { selectByInformationOptions } from "./select-by-information.options.js";
import { choosing, type SelectionState } from "./selection.js";

const TAKES: Takes = { transform: "select-by-information", allowed: [...NUMBERS, "text", "code"], mend: "Give it numbers, text and categories; `date-parts` makes such of times." };

/** With `informations` in nats, by column: as measured, chance included. */
export interface InformationState extends SelectionState {
  readonly informations: Float64Array;
}

/**
 * Keeps the columns that tell most of the target, alone: the mutual information of buckets and categories, a missing value being one of its
 * own. Measured on all training rows up to 65,536, and on at least 32,768 evenly spaced ones of more.
 */
export function selectByInformation({ most, atLeast, buckets }: z.infer<typeof selectByInformationOptions>): Transform<InformationState> {
  return {
    learnsFrom: "selection",
    ...choosing(TAKES),
    fit(input, target) {
      requireInputs(TAKES, input, "fitted");
      const isNumber = needed(target).dtype === "float64" && target!.categories === null;
      const fold = rowSample([...input.map(({ name }) => name), "$target"]);
      return defineFold({
        ...fold,
        finish(partial) {
          const columns = [...fold.finish(partial).columns];
          const y = columns.pop()!;
          const pick = (values: Float64Array) => (y.some(Number.isNaN) ? values.filter((_, row) => !Number.isNaN(y[row])) : values);
          const goal = isNumber ? bucketed(pick(y), buckets) : levelled(pick(y));
          const measured = columns.map((values, index) => informationOf(isCategory(input[index]!) ? levelled(pick(values)) : bucketed(pick(values), buckets), goal));
          return { informations: Float64Array.from(measured, ({ information }) => information), kept: chosen(measured.map(({ information, byChance }) => information - byChance), most, atLeast) };
        },
      });
    },
  };
}

function needed(target: Field | null): Field {
  if (target !== null) return target;
  throw new MillraceError({ code: "TRANSFORM_TARGET", message: "`select-by-information` compares with the target, and the model has none.", mend: "Set `columns.target`, or use `select-by-variance` or `select-by-correlation` instead." });
}

function isCategory(field: Field): boolean {
  return ["text", "code", "boolean"].includes(kindOf(field));
}

/** Of equally good columns the first stay. */
function chosen(scores: readonly number[], most: number | null, atLeast: number): boolean[] {
  const order = [...scores.keys()].sort((left, right) => scores[right]! - scores[left]! || left - right);
  const stay = new Set(order.filter((column, rank) => rank === 0 || (scores[column]! >= atLeast && rank < (most ?? Infinity))));
  return scores.map((_, column) => stay.has(column));
}
