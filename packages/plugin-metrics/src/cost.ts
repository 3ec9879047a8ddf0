import type { Metric } from "@millrace/core";
import type { CostOptions } from "./cost.options.js";
import { decisionMetric } from "./decision-metric.js";

/** What a row costs in the mean, by what is decided and what is: the least expected cost is what C. Elkan, "The foundations of cost-sensitive learning" (2001) decides by. */
export function cost({ falsePositive, falseNegative, truePositive, trueNegative, threshold }: CostOptions): Metric {
  return decisionMetric({
    name: "cost",
    options: { threshold },
    direction: "minimize",
    problems: ["binary"],
    score({ total, actual, predicted, hit }, problem) {
      const positive = problem.kind === "binary" ? problem.classes.indexOf(problem.positive) : -1;
      const hits = hit[positive]!;
      const value = (falsePositive * (predicted[positive]! - hits) + falseNegative * (actual[positive]! - hits) + truePositive * hits + trueNegative * hit[1 - positive]!) / total;
      const costOf = (row: number, column: number): number => (row === positive ? (column === positive ? truePositive : falseNegative) : column === positive ? falsePositive : trueNegative);
      return { value, gradient: (row, column) => (costOf(row, column) - value) / total };
    },
  });
}
