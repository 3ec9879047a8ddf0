import type { ScoreCurve } from "@millrace/core";

/** What comes of acting on all rows of at least a threshold: sums of weights. */
export interface OperatingPoint {
  readonly threshold: number;
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly trueNegative: number;
  readonly falseNegative: number;
}

/**
 * From acting on no row to acting on all, a point for each distinct score. A threshold lies halfway between two neighbouring scores, so that
 * no rounding moves a row over it; that for all rows is 0, that for none is infinite.
 */
export function* operatingPoints({ scores, positive, negative }: ScoreCurve): Generator<OperatingPoint> {
  const positives = sum(positive);
  const negatives = sum(negative);
  let [hits, alarms] = [0, 0];
  yield { threshold: Infinity, truePositive: 0, falsePositive: 0, trueNegative: negatives, falseNegative: positives };
  for (let i = scores.length - 1; i >= 0; i--) {
    hits += positive[i]!;
    alarms += negative[i]!;
    // Of sums of weights in another order a little may be left over.
    yield { threshold: i === 0 ? 0 : (scores[i - 1]! + scores[i]!) / 2, truePositive: hits, falsePositive: alarms, trueNegative: Math.max(0, negatives - alarms), falseNegative: Math.max(0, positives - hits) };
  }
}

/** The point of a threshold that was given. */
export function pointAt({ scores, positive, negative }: ScoreCurve, threshold: number): OperatingPoint {
  const isTaken = (_: number, i: number) => scores[i]! >= threshold;
  const isLeft = (_: number, i: number) => !(scores[i]! >= threshold);
  return { threshold, truePositive: sum(positive.filter(isTaken)), falsePositive: sum(negative.filter(isTaken)), trueNegative: sum(negative.filter(isLeft)), falseNegative: sum(positive.filter(isLeft)) };
}

export function acted({ truePositive, falsePositive }: OperatingPoint): number {
  return truePositive + falsePositive;
}

export function rows(point: OperatingPoint): number {
  return acted(point) + point.trueNegative + point.falseNegative;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
