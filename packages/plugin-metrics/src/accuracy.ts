import type { Metric } from "@millrace/core";
import { decisionMetric } from "./decision-metric.js";
import type { DecisionOptions } from "./decision.options.js";
import { shareOfHits } from "./share-of-hits.js";

/** The share of rows whose decision is right. */
export function accuracy(options: DecisionOptions): Metric {
  return decisionMetric({ name: "accuracy", options, score: shareOfHits });
}
