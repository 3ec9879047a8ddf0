import type { Fold } from "./fold.js";
import type { Json } from "./json.js";
import type { Problem } from "./trainer.js";

export interface MetricResult {
  /** Null: undefined on these rows (a ROC-AUC where only one class occurs). */
  readonly value: number | null;
  /** Null where no estimate is known. */
  readonly standardError: number | null;
  /** Of Student's t distribution, where the error is estimated from groups of rows: one less than groups that have rows. Absent: the interval is a normal one. */
  readonly degreesOfFreedom?: number;
  /** Data for a plot (a curve, a matrix); null where there is none. */
  readonly plot: Json;
}

/** A number that says how good predictions are. */
export interface Metric {
  readonly direction: "maximize" | "minimize";
  /** Raw columns that it reads beside `$target`, `$prediction` and `$weight`. */
  readonly columns: readonly string[];
  /**
   * Frames hold `$target` (see Problem), `$weight` (float64) where the model has one, and `$prediction` (float32): P(positive) where binary,
   * a vector [K] of probabilities where multiclass, the number where regression. Where the model decides (see Transform), they hold `$decision`
   * (float64) too: 1 to act on a row, 0 to leave it out, NaN where it is undecided; a baseline, a champion and the models of cross-validation may
   * have none. Throws METRIC_PROBLEM for a problem that it cannot judge.
   */
  fold(problem: Problem): Fold<MetricResult>;
}
