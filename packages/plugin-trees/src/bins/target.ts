import { MillraceError, type Problem } from "@millrace/core";

/** Refuses targets that cannot be learnt from; `first` is the number of the first row. Throws DATA_TARGET. */
export function checkTargets(targets: ArrayLike<number>, problem: Problem, first: number, least: number): void {
  const classes = problem.kind === "regression" ? 0 : problem.classes.length;
  for (let row = 0; row < targets.length; row++) {
    const y = targets[row]!;
    if (!Number.isFinite(y) || y < least || (classes > 0 && !(Number.isInteger(y) && y >= 0 && y < classes))) throw badTarget(y, first + row, classes, least);
  }
}

/** Throws DATA_ONE_CLASS where all weight is on one class. */
export function checkClasses(targets: Float64Array, weights: Float64Array, problem: Problem): void {
  if (problem.kind === "regression") return;
  const seen = new Set<number>();
  for (let row = 0; row < targets.length && seen.size < 2; row++) if (weights[row]! > 0) seen.add(targets[row]!);
  if (seen.size > 1) return;
  throw new MillraceError({
    code: "DATA_ONE_CLASS",
    message: `All training rows have one class; a classifier needs rows of at least two (of: ${problem.classes.join(", ")}).`,
    mend: "Widen the training part of `split`, or check `columns.target` and `columns.positive`.",
    facts: { classes: problem.classes },
  });
}

/** Throws DATA_WEIGHT. */
export function checkWeights(weights: ArrayLike<number>, first: number): void {
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row]!;
    if (!(weight >= 0 && weight < Infinity)) throw badWeight(`The weight of training row ${first + row} is ${weight}; weights are finite and not negative.`);
  }
}

export function badWeight(message: string): MillraceError {
  return new MillraceError({ code: "DATA_WEIGHT", message, mend: "Mend the column named by `columns.weight` in the source, or leave `columns.weight` out." });
}

function badTarget(value: number, row: number, classes: number, least: number): MillraceError {
  return new MillraceError({
    code: "DATA_TARGET",
    message: `The target of training row ${row} is ${value}; it should be ${classes > 0 ? `a class index from 0 to ${classes - 1}` : least === 0 ? "a finite number that is not negative" : "a finite number"}.`,
    mend: "Leave rows without a usable target out of the training part, or mend them in the source.",
    facts: { row },
  });
}
