import { sum } from "./sum.js";

/** Weights of rows by actual class (row) and predicted class (column), and their squares, row-major. */
export interface ConfusionMatrix {
  readonly size: number;
  readonly weights: Float64Array;
  readonly squares: Float64Array;
}

/** Sums over a matrix that the metrics share. */
export interface Margins {
  readonly total: number;
  readonly trace: number;
  /** Weight of the rows that are of class k. */
  readonly actual: Float64Array;
  /** Weight of the rows that are predicted to be of class k. */
  readonly predicted: Float64Array;
  /** Those that are both. */
  readonly hit: Float64Array;
}

export function emptyMatrix(size: number): ConfusionMatrix {
  return { size, weights: new Float64Array(size * size), squares: new Float64Array(size * size) };
}

export function marginsOf({ size, weights }: ConfusionMatrix): Margins {
  const [actual, predicted, hit] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      actual[i]! += weights[i * size + j]!;
      predicted[j]! += weights[i * size + j]!;
      if (i === j) hit[i] = weights[i * size + j]!;
    }
  return { total: sum(actual), trace: sum(hit), actual, predicted, hit };
}
