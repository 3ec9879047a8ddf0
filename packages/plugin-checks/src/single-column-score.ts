import type { RowSample, SampledColumn } from "@millrace/core";
import { crossFittedArea, crossFittedCorrelation, orderedCorrelation } from "./cross-fitted.js";
import { areaOfOrder, FEWEST, midRanks } from "./ranks.js";
import { binsOfNumbers, binsOfTexts, type Binned } from "./value-bins.js";

/** Training rows, by which columns are judged. */
export interface Judged {
  readonly sample: RowSample;
  readonly targets: Float64Array;
  readonly isMulticlass: boolean;
}

/** What a target is compared by: rows of one class against the rest (several for multiclass), or the ranks of a number. */
export type Judge =
  | { readonly kind: "classes"; readonly outcomes: readonly Uint8Array[]; readonly halves: Uint8Array }
  | { readonly kind: "number"; readonly ranks: Float64Array; readonly halves: Uint8Array };

/** Null where the sample holds too few rows of either side to judge by. */
export function judgeOf({ sample, targets, isMulticlass }: Judged): Judge | null {
  const halves = Uint8Array.from(sample.hashes, (hash) => (hash * 2 ** 32) & 1);
  if (!isMulticlass && targets.some((target) => target !== 0 && target !== 1)) return targets.length < 2 * FEWEST ? null : { kind: "number", ranks: midRanks(targets), halves };
  const classes = isMulticlass ? [...new Set(targets)].sort((left, right) => left - right) : [1];
  const outcomes = classes.map((one) => Uint8Array.from(targets, (target) => (target === one ? 1 : 0))).filter(isFilled);
  return outcomes.length === 0 ? null : { kind: "classes", outcomes, halves };
}

/**
 * How well a column alone tells the target, from 0.5 (nothing) to 1 (all). Binary: ROC-AUC; multiclass: the mean ROC-AUC of each class against
 * the rest; a number: (1 + rank correlation) / 2. A column predicts by its order, in either direction, or by the mean target of its
 * values (texts as they are, numbers in bins), learnt on one half of the rows and judged on the other, whichever is better.
 */
export function valueScore(column: SampledColumn, judge: Judge): number {
  const binned: Binned = column.kind === "number" ? binsOfNumbers(column.values) : binsOfTexts(column.values);
  if (judge.kind === "classes") {
    const ordered = judge.outcomes.length === 1 && binned.order !== null ? either(areaOfOrder(binned.order, judge.outcomes[0]!)) : 0.5;
    return Math.max(ordered, mean(judge.outcomes.map((outcome) => crossFittedArea(binned, outcome, judge.halves))));
  }
  const ordered = binned.order === null ? 0 : Math.abs(orderedCorrelation(binned.order, judge.ranks));
  return (1 + Math.max(0, ordered, crossFittedCorrelation(binned, judge.ranks, judge.halves))) / 2;
}

/** The same of whether the column is missing; 0.5 where fewer than ten rows are, or are not. A number: how its ranks tell the two apart. */
export function missingScore(column: SampledColumn, judge: Judge): number {
  const missing = column.kind === "number" ? Uint8Array.from(column.values, (value) => (Number.isNaN(value) ? 1 : 0)) : Uint8Array.from(column.values, (value) => (value === "" ? 1 : 0));
  if (!isFilled(missing)) return 0.5;
  if (judge.kind === "number") return either(areaOfOrder(judge.ranks, missing));
  return mean(judge.outcomes.map((outcome) => either(areaOfOrder(Float64Array.from(missing), outcome))));
}

function isFilled(flags: Uint8Array): boolean {
  const ones = flags.reduce((sum, flag) => sum + flag, 0);
  return ones >= FEWEST && flags.length - ones >= FEWEST;
}

function either(area: number): number {
  return Math.max(area, 1 - area);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
