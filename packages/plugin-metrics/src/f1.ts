import type { Metric } from "@millrace/core";
import { averagedMetric } from "./averaged-metric.js";
import type { F1Options } from "./f1.options.js";

/** The harmonic mean of precision and recall: twice the hits over the rows of the class and those predicted to be. */
export function f1(options: F1Options): Metric {
  return averagedMetric("f1", options, {
    hits: ({ hit }, k) => 2 * hit[k]!,
    rows: ({ actual, predicted }, k) => actual[k]! + predicted[k]!,
    hitsIn: (k, actual, predicted) => (actual === k && predicted === k ? 2 : 0),
    rowsIn: (k, actual, predicted) => (actual === k ? 1 : 0) + (predicted === k ? 1 : 0),
  });
}
