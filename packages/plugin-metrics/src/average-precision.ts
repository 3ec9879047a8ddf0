import type { Area } from "./roc.js";
import type { ScoreCurve } from "@millrace/core";
import { standardError } from "./standard-error.js";
import { thinner } from "./thinner.js";
import { sum } from "./sum.js";

/**
 * Average precision: Σ (recall's step) · precision over the distinct scores, without interpolation. 0 where no row is positive, as in
 * scikit-learn. The standard error is the delta method's: how the value moves with the weight of each row.
 */
export function averagePrecision(curve: ScoreCurve): Area {
  const { positive, negative } = curve;
  const positives = sum(positive);
  if (positives === 0) return { value: positive.length === 0 ? null : 0, standardError: null };
  const precisions = new Float64Array(positive.length);
  let [value, hits, alarms] = [0, 0, 0];
  for (let i = positive.length - 1; i >= 0; i--) {
    hits += positive[i]!;
    alarms += negative[i]!;
    precisions[i] = hits / (hits + alarms);
    value += (positive[i]! / positives) * precisions[i]!;
  }
  return { value, standardError: deltaError(curve, precisions, value, positives) };
}

/** Points (recall, precision, threshold), at most `most`, from the strictest threshold to the laxest. */
export function precisionPoints({ scores, positive, negative }: ScoreCurve, most: number): readonly (readonly [number, number, number])[] {
  const positives = sum(positive);
  if (positives === 0) return [];
  const takes = thinner(scores.length, 1, most);
  const points: [number, number, number][] = [];
  let [hits, alarms] = [0, 0];
  for (let i = scores.length - 1; i >= 0; i--) {
    hits += positive[i]!;
    alarms += negative[i]!;
    if (takes(hits / positives, i === 0)) points.push([Math.min(1, hits / positives), hits / (hits + alarms), scores[i]!]);
  }
  return points;
}

/**
 * A positive row of score x raises precision at x and below by FP / (TP + FP)² each and brings its own precision; a negative one lowers it
 * there by TP / (TP + FP)². Walking up from the lowest score, both sums over thresholds at or below x are running ones.
 */
function deltaError(curve: ScoreCurve, precisions: Float64Array, value: number, positives: number): number | null {
  const { positive, negative } = curve;
  const squares = curve.squares ?? curve;
  let hits = positives;
  let alarms = sum(negative);
  let [raised, lowered, variance] = [0, 0, 0];
  for (let i = 0; i < positive.length; i++) {
    const share = positive[i]! / positives / (hits + alarms) ** 2;
    raised += share * alarms;
    lowered += share * hits;
    const own = (precisions[i]! - value) / positives + raised;
    variance += squares.positive[i]! * own * own + squares.negative[i]! * lowered * lowered;
    hits = Math.max(0, hits - positive[i]!);
    alarms = Math.max(0, alarms - negative[i]!);
  }
  return standardError(variance, 1);
}
