import type { Fold, Json, Metric, MetricResult, Problem } from "@millrace/core";
import { emptyMatrix, marginsOf, type ConfusionMatrix, type Margins } from "./confusion-matrix.js";
import type { DecisionOptions } from "./decision.options.js";
import { badRow, judgedRows, type JudgedRows } from "./judged-rows.js";
import { requireProblem } from "./problem.js";
import { standardError } from "./standard-error.js";

export type ClassProblem = Exclude<Problem, { readonly kind: "regression" }>;

/** A function of the confusion matrix, and its derivative by the weight in the cell (actual, predicted). */
export interface Scored {
  readonly value: number | null;
  gradient(actual: number, predicted: number): number;
}

export interface DecisionSpec {
  readonly name: string;
  readonly options: DecisionOptions;
  /** Default `maximize`. */
  readonly direction?: Metric["direction"];
  /** Default: binary and multiclass. */
  readonly problems?: readonly ClassProblem["kind"][];
  score(margins: Margins, problem: ClassProblem): Scored;
  plot?(matrix: ConfusionMatrix, problem: ClassProblem): Json;
}

/**
 * A metric of decisions, through the confusion matrix in the order of the problem's classes. A row's decision is the model's own (`$decision`)
 * where it has one; else the most probable class, the first of equals, which is what the graph's label says; binary with a threshold of the
 * metric's: positive from it on. The standard error is the delta method's: every row of a cell moves the value alike, so the variance is Σ over cells of Σ w² · gradient².
 */
export function decisionMetric(spec: DecisionSpec): Metric {
  return {
    direction: spec.direction ?? "maximize",
    columns: [],
    fold(problem) {
      requireProblem(spec.name, problem, spec.problems ?? ["binary", "multiclass"]);
      return decisionFold(spec, problem);
    },
  };
}

function decisionFold(spec: DecisionSpec, problem: ClassProblem): Fold<MetricResult, ConfusionMatrix> {
  const add = problem.kind === "binary" ? binaryRows(problem.classes.indexOf(problem.positive), spec.options.threshold) : multiclassRows;
  return {
    start: () => emptyMatrix(problem.classes.length),
    add(matrix, batch) {
      add(matrix, judgedRows(batch));
      return matrix;
    },
    merge(left, right) {
      for (let cell = 0; cell < left.weights.length; cell++) {
        left.weights[cell]! += right.weights[cell]!;
        left.squares[cell]! += right.squares[cell]!;
      }
      return left;
    },
    finish(matrix) {
      const plot = spec.plot?.(matrix, problem) ?? null;
      const margins = marginsOf(matrix);
      if (margins.total === 0) return { value: null, standardError: null, plot };
      const scored = spec.score(margins, problem);
      return { value: scored.value, standardError: scored.value === null ? null : errorOf(matrix, scored), plot };
    },
  };
}

function errorOf({ size, squares }: ConfusionMatrix, { gradient }: Scored): number {
  let variance = 0;
  for (let cell = 0; cell < squares.length; cell++) if (squares[cell] !== 0) variance += squares[cell]! * gradient(Math.floor(cell / size), cell % size) ** 2;
  return standardError(variance, 1);
}

function binaryRows(positive: number, threshold: number | undefined): (matrix: ConfusionMatrix, rows: JudgedRows) => void {
  const least = threshold ?? 0.5;
  const isPositiveAtLeast = threshold !== undefined || positive === 0;
  return (matrix, { target, prediction, weight, decision, length }) => {
    const decided = threshold === undefined ? decision : null;
    for (let i = 0; i < length; i++) {
      const y = target[i]!;
      const p = prediction[i]!;
      if ((y !== 0 && y !== 1) || p !== p) throw badRow(i, y, String(p));
      if (decided !== null && decided[i]! !== 0 && decided[i]! !== 1) throw badRow(i, y, `${p}, and its decision is missing`);
      const actual = y === 1 ? positive : 1 - positive;
      const isPositive = decided === null ? p > least || (p === least && isPositiveAtLeast) : decided[i] === 1;
      const predicted = isPositive ? positive : 1 - positive;
      count(matrix, actual * 2 + predicted, weight === null ? 1 : weight[i]!);
    }
  };
}

function multiclassRows(matrix: ConfusionMatrix, { target, prediction, weight, length }: JudgedRows): void {
  const { size } = matrix;
  for (let i = 0; i < length; i++) {
    let best = 0;
    for (let k = 0; k < size; k++) {
      const p = prediction[i * size + k]!;
      if (p !== p) throw badRow(i, target[i]!, "NaN");
      if (p > prediction[i * size + best]!) best = k;
    }
    const actual = target[i]!;
    if (!(actual >= 0 && actual < size)) throw badRow(i, actual, String(prediction[i * size + best]));
    count(matrix, actual * size + best, weight === null ? 1 : weight[i]!);
  }
}

function count(matrix: ConfusionMatrix, cell: number, weight: number): void {
  matrix.weights[cell]! += weight;
  matrix.squares[cell]! += weight * weight;
}
