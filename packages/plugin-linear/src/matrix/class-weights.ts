import type { Matrix } from "./matrix.js";

/** The sum of the rows' weights of each class. */
export function classWeights({ target, weight }: Matrix, classes: number): Float64Array {
  const sums = new Float64Array(classes);
  for (let i = 0; i < target.length; i++) sums[target[i]!] = sums[target[i]!]! + (weight === null ? 1 : weight[i]!);
  return sums;
}
