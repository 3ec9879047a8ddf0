import type { Metric, MetricResult } from "../../contracts/metric.js";
import type { Problem } from "../../contracts/trainer.js";
import type { UsedSide } from "../data/sides.js";

/** A metric by the name that its results go by. */
export interface JudgedBy {
  readonly name: string;
  readonly direction: Metric["direction"];
}

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
  /** In the order of the config; the first is the one that importance is measured by. */
  readonly metrics: readonly JudgedBy[];
  readonly parts: Readonly<Partial<Record<UsedSide, Scores>>>;
  /** By baseline, then part. */
  readonly baselines: Readonly<Record<string, Readonly<Partial<Record<UsedSide, Scores>>>>>;
  /** By column, then value, then part (validation and test). */
  readonly slices: Readonly<Record<string, Readonly<Record<string, Readonly<Partial<Record<UsedSide, Scores>>>>>>>;
  readonly importance: { readonly metric: string; readonly rows: number; readonly columns: readonly Importance[] } | null;
}
