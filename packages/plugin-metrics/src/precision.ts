import type { Metric } from "@millrace/core";
import { averagedMetric } from "./averaged-metric.js";
import type { PrecisionOptions } from "./precision.options.js";

/** The share of the rows predicted to be of a class that are. */
export function precision(options: PrecisionOptions): Metric {
  return averagedMetric("precision", options, {
    hits: ({ hit }, k) => hit[k]!,
    rows: ({ predicted }, k) => predicted[k]!,
    hitsIn: (k, actual, predicted) => (actual === k && predicted === k ? 1 : 0),
    rowsIn: (k, _, predicted) => (predicted === k ? 1 : 0),
  });
}
