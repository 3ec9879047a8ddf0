import { MillraceError, type Problem } from "@millrace/core";

/** Refuses targets that cannot be learnt from; `first` is the number of the first row. Throws DATA_TARGET, DATA_ONE_CLASS. */
export function checkTarget(target: Float64Array, weight: Float64Array | null, problem: Problem, first = 0): void {
  const classes = problem.kind === "regression" ? 0 : problem.classes.length;
  const seen = new Float64Array(classes);
  for (let i = 0; i < target.length; i++) {
    const y = target[i]!;
    if (!Number.isFinite(y) || (classes > 0 && !(Number.isInteger(y) && y >= 0 && y < classes))) throw badTarget(y, first + i, classes);
    if (classes > 0) seen[y] = seen[y]! + (weight === null ? 1 : weight[i]!);
  }
  if (problem.kind === "regression") return;
  const present = [...problem.classes].filter((_, index) => seen[index]! > 0);
  if (present.length >= 2) return;
  throw new MillraceError({
    code: "DATA_ONE_CLASS",
    message: `All training rows have one class; a classifier needs rows of at least two (of: ${problem.classes.join(", ")}).`,
    mend: "Widen the training part of `split`, or check `columns.target` and `columns.positive`.",
    facts: { classes: problem.classes },
  });
}

/** The sum of the weights; `first` is the number of the first row. Throws DATA_WEIGHT. */
export function checkWeights(weight: Float64Array, first = 0): number {
  let total = 0;
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i]!;
    if (!(w >= 0 && w < Infinity)) throw badWeight(`The weight of training row ${first + i} is ${w}; weights are finite and not negative.`, first + i);
    total += w;
  }
  return total;
}

/** Throws DATA_WEIGHT. */
export function checkTotalWeight(total: number): void {
  if (total === 0) throw badWeight("All weights of the training rows are 0.", 0);
}

function badTarget(value: number, row: number, classes: number): MillraceError {
  return new MillraceError({
    code: "DATA_TARGET",
    message: `The target of training row ${row} is ${value}; it should be ${classes > 0 ? `a class index from 0 to ${classes - 1}` : "a finite number"}.`,
    mend: "Leave rows without a usable target out of the training part, or mend them in the source.",
    facts: { row },
  });
}

function badWeight(message: string, row: number): MillraceError {
  return new MillraceError({ code: "DATA_WEIGHT", message, mend: "Mend the column named by `columns.weight` in the source, or leave `columns.weight` out.", facts: { row } });
}
