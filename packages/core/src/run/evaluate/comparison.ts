import type { MetricResult } from "../../contracts/metric.js";

/**
 * How much better the model is than a rival on the same rows; positive is better, whichever way the metric goes. `standardError` is that of
 * the difference itself, by leaving out groups of rows of both at once; null where it is undefined.
 */
export interface PairedDifference extends Pick<MetricResult, "standardError" | "degreesOfFreedom"> {
  /** Null where one of the two is undefined. */
  readonly difference: number | null;
}

/** What `compare` leaves: by part, then rival (`champion`, `baseline-prior`), then metric. */
export interface Comparison {
  readonly champion: "none" | "another" | "itself";
  readonly parts: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, PairedDifference>>>>>>;
}
