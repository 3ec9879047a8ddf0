import { defineFold, MillraceError, SAMPLED_ROWS, sampledRows, toFloat64, type Field, type Frame, type SampledColumn, type Transform } from "@millrace/core";
import type { z } from "zod";
import { bucketed, informationOf, levelled, type Groups } from "./information.js";
import { kindOf, NUMBERS, requireInputs, type Takes } from "./input.js";
import type { selectByInformationOptions } from "./select-by-information.options.js";
import { choosing, selectionOf, shortly, type SelectionState } from "./selection.js";

const TAKES: Takes = { transform: "select-by-information", allowed: [...NUMBERS, "text", "code"], mend: "Give it numbers, text and categories; `date-parts` makes such of times." };

/** With `informations` in nats, by column: as measured, chance included. */
export interface InformationState extends SelectionState {
  readonly informations: Float64Array;
}

/**
 * Keeps the columns that tell most of the target, alone: the mutual information of buckets and categories, a missing value being one of its
 * own. Measured on all training rows up to 65,536, and on about 32,768 to 65,536 random ones of more (see `sampledRows`).
 */
export function selectByInformation({ most, atLeast, buckets }: z.infer<typeof selectByInformationOptions>): Transform<InformationState> {
  return {
    learnsFrom: "selection",
    ...choosing(TAKES),
    fit(input, target) {
      requireInputs(TAKES, input, "fitted");
      const isNumber = needed(target).dtype === "float64" && target!.categories === null;
      const fold = sampledRows([...input, needed(target)], SAMPLED_ROWS, labelled);
      return defineFold({
        ...fold,
        finish(partial) {
          const columns = [...fold.finish(partial).columns];
          const y = columns.pop()!.values as Float64Array;
          const goal = isNumber ? bucketed(y, buckets) : levelled(y);
          const measured = columns.map((column, index) => informationOf(groupsOf(column, input[index]!, buckets), goal));
          const scores = measured.map(({ information, byChance }) => information - byChance);
          const choice = selectionOf(TAKES.transform, input.map(({ name }) => name), chosen(scores, most, atLeast), (index) => `tells ${shortly(scores[index]!)} nats of the target beyond chance`);
          return { informations: Float64Array.from(measured, ({ information }) => information), ...choice };
        },
      });
    },
  };
}

function labelled(batch: Frame) {
  const targets = toFloat64(batch.column("$target"));
  return (row: number): boolean => !Number.isNaN(targets[row]);
}

function needed(target: Field | null): Field {
  if (target !== null) return target;
  throw new MillraceError({ code: "TRANSFORM_TARGET", message: "`select-by-information` compares with the target, and the model has none.", mend: "Set `columns.target`, or use `select-by-variance` or `select-by-correlation` instead." });
}

function groupsOf({ values }: SampledColumn, field: Field, buckets: number): Groups {
  return isCategory(field) ? levelled(values) : bucketed(values as Float64Array, buckets);
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
