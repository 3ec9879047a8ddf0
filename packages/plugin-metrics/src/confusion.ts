import type { Metric } from "@millrace/core";
import type { ConfusionOptions } from "./confusion.options.js";
import { decisionMetric } from "./decision-metric.js";
import { shareOfHits } from "./share-of-hits.js";

/** The confusion matrix as a plot (row: actual, column: predicted, in the order of the classes); its value is the share on the diagonal. */
export function confusion(options: ConfusionOptions): Metric {
  return decisionMetric({
    name: "confusion",
    options,
    score: shareOfHits,
    plot: ({ size, weights }, { classes }) => ({
      kind: "confusion-matrix",
      classes: [...classes],
      matrix: Array.from({ length: size }, (_, row) => Array.from(weights.subarray(row * size, (row + 1) * size))),
    }),
  });
}
