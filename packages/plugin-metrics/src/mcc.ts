import type { Metric } from "@millrace/core";
import { decisionMetric } from "./decision-metric.js";
import type { MccOptions } from "./mcc.options.js";

/**
 * The Matthews correlation of decision and class; for many classes J. Gorodkin, "Comparing two K-category assignments by a K-category
 * correlation coefficient" (2004). 0 where only one class occurs or is predicted.
 */
export function mcc(options: MccOptions): Metric {
  return decisionMetric({
    name: "mcc",
    options,
    score({ total, trace, actual, predicted }) {
      const covariance = trace * total - actual.reduce((sum, rows, k) => sum + rows * predicted[k]!, 0);
      const ofPredicted = total * total - squareSum(predicted);
      const ofActual = total * total - squareSum(actual);
      if (!isAbove0(ofPredicted, total) || !isAbove0(ofActual, total)) return { value: 0, gradient: () => 0 };
      const root = Math.sqrt(ofPredicted * ofActual);
      const value = covariance / root;
      return {
        value,
        gradient(row, column) {
          const slope = (row === column ? total : 0) + trace - predicted[row]! - actual[column]!;
          return slope / root - value * ((total - predicted[column]!) / ofPredicted + (total - actual[row]!) / ofActual);
        },
      };
    },
  });
}

/** Above what rounding leaves of total² - total². */
function isAbove0(value: number, total: number): boolean {
  return value > 1e-14 * total * total;
}

function squareSum(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
