import type { ScoreCurve } from "@millrace/core";

/** A curve through points, straight between them and level outside. */
export interface Knots {
  /** Strictly ascending. */
  readonly x: Float64Array;
  /** Never falling. */
  readonly y: Float64Array;
}

/** Neighbouring scores that share one share of positives. */
interface Step {
  readonly first: number;
  last: number;
  positive: number;
  total: number;
}

/**
 * Isotonic regression of the outcome on the score by pooling adjacent violators (M. Ayer et al., "An empirical distribution function for
 * sampling with incomplete information", 1955; for calibration: B. Zadrozny and C. Elkan, 2002): the curve that never falls with the
 * least squared error. Its knots are both ends of each step, as in scikit-learn.
 */
export function isotonic({ scores, positive, negative }: ScoreCurve): Knots {
  const steps: Step[] = [];
  for (let i = 0; i < scores.length; i++) {
    const step: Step = { first: i, last: i, positive: positive[i]!, total: positive[i]! + negative[i]! };
    for (let below = steps.at(-1); below !== undefined && below.positive * step.total >= step.positive * below.total; below = steps.at(-1)) {
      steps.pop();
      Object.assign(step, { first: below.first, positive: below.positive + step.positive, total: below.total + step.total });
    }
    steps.push(step);
  }
  const knots = steps.flatMap(({ first, last, positive, total }) => (first === last ? [[first, positive / total]] : [[first, positive / total], [last, positive / total]]) as (readonly [number, number])[]);
  return { x: Float64Array.from(knots, ([at]) => scores[at]!), y: Float64Array.from(knots, ([, share]) => share) };
}
