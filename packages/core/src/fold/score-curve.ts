import { compacted, joined, type ScoreCurve } from "./sorted-scores.js";

/*
 * All that thresholds, areas and calibrations need of rows: their distinct scores, with the weights of the positive and the negative rows
 * at each. Exact, and mergeable: how many distinct scores there are does not depend on the partition of the rows.
 */

/** Above this many distinct scores a curve goes over to bins of 2^-20. */
export const MOST_DISTINCT_SCORES = 2 ** 22;

/** A curve and rows that wait to be sorted into it. */
export interface ScoreCurvePartial extends ScoreCurve {
  waitingScores: Float32Array;
  /** Weight of a waiting row, above 0 where positive and below 0 where negative. */
  waitingWeights: Float64Array;
  waiting: number;
  /** Whether scores are cut to multiples of 2^-20. */
  isBinned: boolean;
}

export function startCurve(): ScoreCurvePartial {
  return { scores: new Float32Array(0), positive: new Float64Array(0), negative: new Float64Array(0), squares: null, waitingScores: new Float32Array(0), waitingWeights: new Float64Array(0), waiting: 0, isBinned: false };
}

/** Room for `rows` more calls of `addScore`. */
export function reserveScores(partial: ScoreCurvePartial, rows: number): void {
  const needed = partial.waiting + rows;
  if (needed <= partial.waitingScores.length) return;
  const size = Math.max(needed, Math.ceil(1.5 * partial.waitingScores.length));
  const scores = new Float32Array(size);
  const weights = new Float64Array(size);
  scores.set(partial.waitingScores.subarray(0, partial.waiting));
  weights.set(partial.waitingWeights.subarray(0, partial.waiting));
  partial.waitingScores = scores;
  partial.waitingWeights = weights;
}

/** One row, waiting to be sorted in: a score that is not NaN, and a weight of at least 0. A row of weight 0 is left out. */
export function addScore(partial: ScoreCurvePartial, score: number, weight: number, isPositive: boolean): void {
  if (weight === 0) return;
  // Adding 0 makes -0 the same score as 0.
  partial.waitingScores[partial.waiting] = score + 0;
  partial.waitingWeights[partial.waiting++] = isPositive ? weight : -weight;
}

/** Sorts the waiting rows in once they are as many as the curve's points, so that each row is moved O(log rows) times. */
export function settleCurve(partial: ScoreCurvePartial, most = MOST_DISTINCT_SCORES): ScoreCurvePartial {
  return partial.waiting >= Math.max(2 ** 20, partial.scores.length) ? finishCurve(partial, most) : partial;
}

/** Both curves as one; `left` may be changed. */
export function mergeCurves(left: ScoreCurvePartial, right: ScoreCurvePartial, most = MOST_DISTINCT_SCORES): ScoreCurvePartial {
  reserveScores(left, right.waiting);
  left.waitingScores.set(right.waitingScores.subarray(0, right.waiting), left.waiting);
  left.waitingWeights.set(right.waitingWeights.subarray(0, right.waiting), left.waiting);
  left.waiting += right.waiting;
  left.isBinned ||= right.isBinned;
  if (right.scores.length > 0) Object.assign(left, left.scores.length === 0 ? curveOf(right) : joined(left, right));
  return settleCurve(left, most);
}

/**
 * The curve with nothing waiting; the argument stays as it is. More than `most` distinct scores become bins: how many distinct scores there
 * are does not depend on the partition of the rows, so neither does that.
 */
export function finishCurve(partial: ScoreCurvePartial, most = MOST_DISTINCT_SCORES): ScoreCurvePartial {
  const sorted = partial.waiting === 0 ? curveOf(partial) : compacted(partial, partial.waitingScores, partial.waitingWeights, partial.waiting);
  const isBinned = partial.isBinned || sorted.scores.length > most;
  return { ...startCurve(), ...(isBinned ? binned(sorted) : sorted), isBinned };
}

function curveOf({ scores, positive, negative, squares }: ScoreCurve): ScoreCurve {
  return { scores, positive, negative, squares };
}

function binned(curve: ScoreCurve): ScoreCurve {
  const cut = curve.scores.map((score) => Math.floor(score * 2 ** 20) / 2 ** 20);
  return joined({ ...curve, scores: cut }, { scores: new Float32Array(0), positive: new Float64Array(0), negative: new Float64Array(0), squares: null });
}
