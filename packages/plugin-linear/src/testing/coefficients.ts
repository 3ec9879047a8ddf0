import type { LinearState } from "../model/state.js";

/** Weights in the order of scikit-learn's `coef_` over the numbers and the one-hot columns. */
export function coefficients({ intercept, numbers, codes }: LinearState): readonly (readonly number[])[] {
  return Array.from(intercept, (_, k) => [...numbers, ...codes].flatMap(({ weights }) => Array.from(weights).filter((_, p) => p % intercept.length === k)));
}

export function greatestDifference(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
  return Math.max(...a.flatMap((row, k) => row.map((x, j) => Math.abs(x - b[k]![j]!))));
}
