import type { Metric } from "@millrace/core";
import { averagePrecision, precisionPoints } from "./average-precision.js";
import { BINARY_RULES, curveFold } from "./curve-fold.js";
import { requireProblem } from "./problem.js";
import { sum } from "./sum.js";

/** Average precision of P(positive); `baseline` in the plot is the share of positive rows, which random scores reach. */
export function prAuc(): Metric {
  return {
    direction: "maximize",
    columns: [],
    fold(problem) {
      requireProblem("pr-auc", problem, ["binary"]);
      return curveFold(problem, BINARY_RULES, ([curve], isBinned) => {
        const positives = sum(curve!.positive);
        const rows = positives + sum(curve!.negative);
        return { ...averagePrecision(curve!), plot: { kind: "precision-recall", isBinned, baseline: rows === 0 ? null : positives / rows, points: precisionPoints(curve!, 200) } };
      });
    },
  };
}
