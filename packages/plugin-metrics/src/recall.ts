import type { Metric } from "@millrace/core";
import { averagedMetric } from "./averaged-metric.js";
import type { RecallOptions } from "./recall.options.js";

/** The share of the rows of a class that are predicted to be. */
export function recall(options: RecallOptions): Metric {
  return averagedMetric("recall", options, {
    hits: ({ hit }, k) => hit[k]!,
    rows: ({ actual }, k) => actual[k]!,
    hitsIn: (k, actual, predicted) => (actual === k && predicted === k ? 1 : 0),
    rowsIn: (k, actual) => (actual === k ? 1 : 0),
  });
}
