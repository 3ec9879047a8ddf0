import type { DecideOptions } from "./decide.options.js";
import { acted, rows, type OperatingPoint } from "./operating-points.js";

/** A share; 0 of nothing, as scikit-learn has it. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

export function precision(point: OperatingPoint): number {
  return ratio(point.truePositive, acted(point));
}

export function recall({ truePositive, falseNegative }: OperatingPoint): number {
  return ratio(truePositive, truePositive + falseNegative);
}

export function specificity({ trueNegative, falsePositive }: OperatingPoint): number {
  return ratio(trueNegative, trueNegative + falsePositive);
}

/** (1 + beta²) · precision · recall / (beta² · precision + recall): C. J. van Rijsbergen, "Information Retrieval" (1979). */
function fBeta({ truePositive, falsePositive, falseNegative }: OperatingPoint, beta: number): number {
  const square = beta * beta;
  return ratio((1 + square) * truePositive, (1 + square) * truePositive + square * falseNegative + falsePositive);
}

/** The correlation of decision and outcome (B. W. Matthews, 1975). */
function matthews(point: OperatingPoint): number {
  const { truePositive, falsePositive, trueNegative, falseNegative } = point;
  const margins = Math.sqrt(acted(point)) * Math.sqrt(truePositive + falseNegative) * Math.sqrt(trueNegative + falsePositive) * Math.sqrt(trueNegative + falseNegative);
  return ratio(truePositive * trueNegative - falsePositive * falseNegative, margins);
}

export function quality(name: NonNullable<DecideOptions["maximize"]>, point: OperatingPoint, beta: number): number {
  switch (name) {
    case "precision":
      return precision(point);
    case "recall":
      return recall(point);
    case "f-beta":
      return fBeta(point, beta);
    case "accuracy":
      return ratio(point.truePositive + point.trueNegative, rows(point));
    case "balanced-accuracy":
      return (recall(point) + specificity(point)) / 2;
    case "mcc":
      return matthews(point);
  }
}

/** What the decisions cost in all. */
export function totalCost(costs: NonNullable<DecideOptions["cost"]>, { truePositive, falsePositive, trueNegative, falseNegative }: OperatingPoint): number {
  return costs.truePositive * truePositive + costs.falsePositive * falsePositive + costs.trueNegative * trueNegative + costs.falseNegative * falseNegative;
}
