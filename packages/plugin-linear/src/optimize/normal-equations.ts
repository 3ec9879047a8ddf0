import type { FeatureShape } from "../matrix/features.js";
import type { LeastSquaresPartial } from "../matrix/least-squares.js";
import type { NumberColumn } from "../matrix/matrix.js";
import { createBlocks, createMetric } from "./metric.js";
import type { Structure } from "./structure.js";

export interface Solution {
  /** Parameters of centred numbers (`numberColumns`, all of scale 1) and codes. */
  readonly theta: Float64Array;
  readonly numberColumns: readonly NumberColumn[];
  /** Half the sum of weighted squared errors, and penalty. */
  readonly objective: number;
  readonly totalWeight: number;
  /** By parameter: the weight of the rows that have it. */
  readonly seen: Float64Array;
}

/** Solves (X^T W X + l2) theta = X^T W y, missing numbers at their mean and intercept free, by Cholesky. */
export function solveNormalEquations(partial: LeastSquaresPartial, shape: FeatureShape, structure: Structure, l2: number): Solution {
  const { width } = shape;
  const size = 2 + 2 * width;
  const { numbers, byEntry, shift, tables } = partial;
  const cell = (i: number, j: number) => (i >= j ? numbers[i * size + j]! : numbers[j * size + i]!);
  // A centred number is value - offset * presence: the mean, rounded to float32, less the shift.
  const numberColumns = shape.numberNames.map((feature, j): NumberColumn => {
    const there = cell(2 * j + 3, 0);
    return { feature, mean: there > 0 ? Math.fround(shift[j + 1]! + cell(2 * j + 2, 0) / there) : 0, scale: 1 };
  });
  const offsets = numberColumns.map(({ mean }, j) => (Number.isNaN(shift[j + 1]!) ? 0 : mean - shift[j + 1]!));
  const centred = (row: (column: number) => number) => [row(0), ...offsets.map((offset, j) => row(2 * j + 2) - offset * row(2 * j + 3))];
  const byColumn = Array.from({ length: size }, (_, column) => centred((row) => cell(row, column)));
  const small = Array.from({ length: 1 + width }, (_, a) => centred((column) => byColumn[column]![a]!)).flat();
  const rhs = new Float64Array(shape.size);
  const byCode = new Float64Array((1 + width) * shape.size);
  rhs.set(byColumn[1]!);
  for (let entry = 1 + width; entry < shape.size; entry++) {
    rhs[entry] = byEntry[entry * size + 1]!;
    byCode.set(centred((column) => byEntry[entry * size + column]!), entry * (1 + width));
  }
  const penalty = new Float64Array(shape.size).fill(l2).fill(0, 0, 1);
  const gram = { numbers: Float64Array.from(small), byEntry: byCode, tables, squares: new Float64Array(0) };
  const theta = rhs.slice();
  createMetric(createBlocks(gram, structure, shape, penalty), structure, shape).solve(theta, 0);
  const objective = 0.5 * (cell(1, 1) - theta.reduce((sum, x, j) => sum + x * rhs[j]!, 0));
  if (partial.rows > 0) theta[0] = theta[0]! + shift[0]!;
  const totalWeight = cell(0, 0);
  const seen = Float64Array.from({ length: shape.size }, (_, j) => (j <= width ? totalWeight : byEntry[j * size]!));
  return { theta, numberColumns, objective, totalWeight, seen };
}
