import { MillraceError, suggest, type Problem } from "@millrace/core";
import type { ClassWeight } from "../class-weight.options.js";
import { classWeights } from "./class-weights.js";
import type { Matrix } from "./matrix.js";

export interface Reweighed {
  /** Each row's weight times its class's factor. */
  readonly matrix: Matrix;
  /** By class; null where all are the same. */
  readonly factors: Readonly<Record<string, number>> | null;
}

/** The rows of some classes made to weigh more in the loss than those of others. What stands in for missing values stays as it is. Throws LINEAR_CLASS for a class that is not there. */
export function reweighClasses(matrix: Matrix, problem: Exclude<Problem, { readonly kind: "regression" }>, classWeight: ClassWeight): Reweighed {
  if (classWeight === null) return { matrix, factors: null };
  const names = namesByTarget(problem);
  const factors = classWeight === "balanced" ? balanced(matrix, names.length) : given(classWeight, names);
  const weight = matrix.target.map((y, row) => factors[y]! * (matrix.weight === null ? 1 : matrix.weight[row]!));
  return {
    matrix: { ...matrix, weight, totalWeight: weight.reduce((sum, w) => sum + w, 0) },
    factors: factors.every((factor) => factor === factors[0]) ? null : Object.fromEntries(names.map((name, y) => [name, factors[y]!])),
  };
}

/** The class that each value of `$target` stands for: 1 is the positive one where binary. */
function namesByTarget(problem: Exclude<Problem, { readonly kind: "regression" }>): readonly string[] {
  if (problem.kind === "multiclass") return problem.classes;
  return [problem.classes.find((name) => name !== problem.positive)!, problem.positive];
}

/** A class without rows has nothing to balance. */
function balanced(matrix: Matrix, classes: number): readonly number[] {
  return Array.from(classWeights(matrix, classes), (weight) => (weight === 0 ? 1 : matrix.totalWeight / (classes * weight)));
}

function given(factors: Readonly<Record<string, number>>, names: readonly string[]): readonly number[] {
  const unknown = Object.keys(factors).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new MillraceError({ code: "LINEAR_CLASS", message: `\`classWeight\` names the class "${unknown}", which the target does not have.`, mend: suggest(unknown, names), facts: { class: unknown, classes: names } });
  return names.map((name) => factors[name] ?? 1);
}
