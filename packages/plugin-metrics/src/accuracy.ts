import type { Metric } from "@millrace/core";
import type { AccuracyOptions } from "./accuracy.options.js";
import { decisionMetric } from "./decision-metric.js";
import { shareOfHits } from "./share-of-hits.js";

/** The share of rows whose decision is right. */
export function accuracy(options: AccuracyOptions): Metric {
  return decisionMetric({ name: "accuracy", options, score: shareOfHits });
}
