import type { Evaluation, Scores } from "../evaluate/evaluation.js";

/** A confusion matrix: a row is what a case was, a column what the model said, in the order of the classes. */
export interface Matrix {
  readonly kind: "confusion-matrix";
  readonly classes: readonly string[];
  readonly matrix: readonly (readonly number[])[];
}

/** The matrix of the first metric that has one. */
export function matrixOf(metrics: Scores["metrics"]): Matrix | null {
  return Object.values(metrics).map(({ plot }) => plot as unknown as Matrix | null).find((plot) => plot?.kind === "confusion-matrix") ?? null;
}

/** Metrics but for a matrix whose value, what it has on its diagonal, is another metric's: accuracy once more. */
export function valuedMetrics({ metrics, parts }: Pick<Evaluation, "metrics" | "parts">, part: keyof Evaluation["parts"]): Evaluation["metrics"] {
  const results = parts[part]?.metrics ?? {};
  const isMatrix = (name: string): boolean => matrixOf({ [name]: results[name] ?? { value: null, standardError: null, plot: null } }) !== null;
  // The two are summed in different ways, so that they may differ in the last digits.
  const isSame = (one: number | null | undefined, other: number | null | undefined): boolean => one === other || (one != null && other != null && Math.abs(one - other) < 1e-9);
  return metrics.filter(({ name }) => !isMatrix(name) || !metrics.some((other) => !isMatrix(other.name) && isSame(results[name]?.value, results[other.name]?.value)));
}
