import type { ScoreCurve } from "@millrace/core";
import { standardError } from "./standard-error.js";
import { sum } from "./sum.js";
import { thinner } from "./thinner.js";

export interface Area {
  /** Null where a side has no rows. */
  readonly value: number | null;
  readonly standardError: number | null;
}

/**
 * The area under the ROC curve: the share of (positive, negative) pairs in the right order, ties half. Its standard error is that of E. R.
 * DeLong, D. M. DeLong and D. L. Clarke-Pearson, "Comparing the areas under two or more correlated receiver operating characteristic
 * curves" (1988), from the distinct scores (X. Sun and W. Xu, 2014); with weights, as in `meanLoss`.
 */
export function rocArea(curve: ScoreCurve): Area {
  const { positive, negative } = curve;
  const [positives, negatives] = [sum(positive), sum(negative)];
  if (positives === 0 || negatives === 0) return { value: null, standardError: null };
  let below = 0;
  let pairs = 0;
  for (let i = 0; i < positive.length; i++) {
    pairs += positive[i]! * (below + negative[i]! / 2);
    below += negative[i]!;
  }
  const value = pairs / positives / negatives;
  return { value, standardError: deLongError(curve, value, positives, negatives) };
}

/** Points of the ROC curve, at most `most`, from the strictest threshold to the laxest. */
export function rocPoints({ scores, positive, negative }: ScoreCurve, most: number): readonly (readonly [number, number, number | null])[] {
  const [positives, negatives] = [sum(positive), sum(negative)];
  if (positives === 0 || negatives === 0) return [];
  const takes = thinner(scores.length, 2, most - 1);
  const points: [number, number, number | null][] = [[0, 0, null]];
  let [hits, alarms] = [0, 0];
  for (let i = scores.length - 1; i >= 0; i--) {
    hits += positive[i]!;
    alarms += negative[i]!;
    if (takes(hits / positives + alarms / negatives, i === 0)) points.push([Math.min(1, alarms / negatives), Math.min(1, hits / positives), scores[i]!]);
  }
  return points;
}

function deLongError(curve: ScoreCurve, area: number, positives: number, negatives: number): number | null {
  const { positive, negative } = curve;
  const squares = curve.squares ?? curve;
  const effective = [positives ** 2 / sum(squares.positive), negatives ** 2 / sum(squares.negative)] as const;
  if (!(effective[0] > 1 + 1e-9 && effective[1] > 1 + 1e-9)) return null;
  let [below, seen, spreadOfPositives, spreadOfNegatives] = [0, 0, 0, 0];
  for (let i = 0; i < positive.length; i++) {
    const placed = (below + negative[i]! / 2) / negatives - area;
    const above = (positives - seen - positive[i]! / 2) / positives - area;
    spreadOfPositives += squares.positive[i]! * placed * placed;
    spreadOfNegatives += squares.negative[i]! * above * above;
    below += negative[i]!;
    seen += positive[i]!;
  }
  const variance = (spreadOfPositives / positives ** 2) * (effective[0] / (effective[0] - 1)) + (spreadOfNegatives / negatives ** 2) * (effective[1] / (effective[1] - 1));
  return standardError(variance, 1);
}
