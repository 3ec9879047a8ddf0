import { MillraceError, type Problem, type Remark, suggest } from "@millrace/core";
import type { GradientBoostingOptions } from "../gradient-boosting.options.js";

/** Multiplies the weights of rows by the factors of their classes, in place. Returns the factors by class; null where all are the same. Throws TREES_CLASS. */
export function reweighClasses(targets: Float64Array, weights: Float64Array, problem: Problem, classWeight: GradientBoostingOptions["classWeight"]): ReadonlyMap<string, number> | null {
  if (classWeight === null) return null;
  if (problem.kind === "regression") throw new MillraceError({ code: "TREES_CLASS", message: "`classWeight` is given, and the target is a number.", mend: "Leave `classWeight` out." });
  const names = problem.kind === "multiclass" ? problem.classes : [problem.classes.find((name) => name !== problem.positive)!, problem.positive];
  const factors = classWeight === "balanced" ? balanced(targets, weights, names.length) : given(classWeight, names);
  targets.forEach((target, row) => (weights[row]! *= factors[target]!));
  return factors.every((factor) => factor === factors[0]) ? null : new Map(names.map((name, index) => [name, factors[index]!]));
}

/** A class without rows has nothing to balance. */
function balanced(targets: Float64Array, weights: Float64Array, classes: number): readonly number[] {
  const sums = new Float64Array(classes);
  targets.forEach((target, row) => (sums[target]! += weights[row]!));
  const total = sums.reduce((sum, weight) => sum + weight, 0);
  return Array.from(sums, (weight) => (weight === 0 ? 1 : total / (classes * weight)));
}

function given(factors: Readonly<Record<string, number>>, names: readonly string[]): readonly number[] {
  const unknown = Object.keys(factors).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new MillraceError({ code: "TREES_CLASS", message: `\`classWeight\` names the class "${unknown}", which the target does not have.`, mend: suggest(unknown, names), facts: { class: unknown, classes: names } });
  return names.map((name) => factors[name] ?? 1);
}

/** Why probabilities are not to be taken at their word. */
export function doubtOfClassWeights(factors: ReadonlyMap<string, number>): Remark {
  const shown = [...factors].slice(0, 10).map(([name, factor]) => `\`${name}\` ${Number(factor.toPrecision(4))}`);
  const sentence = `Probabilities are not calibrated: rows weigh by their class in training (${shown.join(", ")}${factors.size > shown.length ? ", ..." : ""}), so that those of the heavier classes are too high. Put \`calibrate\` into \`after\`, or read them as an order only.`;
  return { about: "probabilities", sentence };
}
