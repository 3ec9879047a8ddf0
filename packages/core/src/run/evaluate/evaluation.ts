import type { MetricResult } from "../../contracts/metric.js";
import type { Problem } from "../../contracts/trainer.js";
import type { UsedSide } from "../data/sides.js";

export interface Scores {
  readonly rows: number;
  readonly metrics: Readonly<Record<string, MetricResult>>;
}

/** How much worse the first metric gets when a column's values are shuffled among the rows. */
export interface Importance {
  readonly column: string;
  /** Mean over the repeats; positive: the model needs the column. */
  readonly drop: number;
  readonly standardDeviation: number;
}

/** What `evaluate` leaves. */
export interface Evaluation {
  readonly problem: Problem;
  readonly directions: Readonly<Record<string, "maximize" | "minimize">>;
  readonly parts: Readonly<Partial<Record<UsedSide, Scores>>>;
  /** By baseline, then part. */
  readonly baselines: Readonly<Record<string, Readonly<Partial<Record<UsedSide, Scores>>>>>;
  /** By column, then value, then part (validation and test). */
  readonly slices: Readonly<Record<string, Readonly<Record<string, Readonly<Partial<Record<UsedSide, Scores>>>>>>>;
  readonly importance: { readonly metric: string; readonly rows: number; readonly columns: readonly Importance[] } | null;
}
