import type { Metric } from "@millrace/core";
import type { BalancedAccuracyOptions } from "./balanced-accuracy.options.js";
import { decisionMetric } from "./decision-metric.js";

/** The mean recall of the classes that occur. */
export function balancedAccuracy(options: BalancedAccuracyOptions): Metric {
  return decisionMetric({
    name: "balanced-accuracy",
    options,
    score({ actual, hit }) {
      const recalls = Array.from(actual, (rows, k) => (rows === 0 ? null : hit[k]! / rows));
      const known = recalls.filter((recall) => recall !== null);
      return {
        value: known.reduce((sum, recall) => sum + recall, 0) / known.length,
        gradient: (row, column) => ((row === column ? 1 : 0) - recalls[row]!) / actual[row]! / known.length,
      };
    },
  });
}
