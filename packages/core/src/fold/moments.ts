import type { Fold } from "../contracts/fold.js";
import type { Column } from "../contracts/frame.js";
import { eachFloat64, toFloat64 } from "../frame/missing.js";

export interface Moments {
  /** Rows with a finite value (and a weight above 0). */
  readonly count: number;
  readonly missing: number;
  /** Rows with an infinity: in neither mean nor variance. */
  readonly infinite: number;
  /** Sum of the weights of the counted rows. */
  readonly weight: number;
  /** NaN where nothing was counted. */
  readonly mean: number;
  /** Sum of weighted squared deviations from the mean, divided by the sum of weights (the variance of the population); NaN where nothing was counted. */
  readonly variance: number;
}

interface Partial {
  count: number;
  missing: number;
  infinite: number;
  weight: number;
  mean: number;
  squares: number;
}

/**
 * Weighted mean and variance of a numeric scalar column. Each batch is summed in two passes about its own mean; batches merge by
 * Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979).
 * @param weight name of the column of weights; null: each row weighs 1.
 */
export function moments(column: string, weight: string | null = null): Fold<Moments, Partial> {
  return {
    start: () => ({ count: 0, missing: 0, infinite: 0, weight: 0, mean: 0, squares: 0 }),
    add: (partial, batch) => merge(partial, ofBatch(batch.column(column), weight === null ? null : toFloat64(batch.column(weight)))),
    merge,
    finish: ({ squares, mean, ...partial }) => ({ ...partial, mean: partial.weight > 0 ? mean : NaN, variance: partial.weight > 0 ? squares / partial.weight : NaN }),
  };
}

function merge(left: Partial, right: Partial): Partial {
  const weight = left.weight + right.weight;
  if (right.weight > 0) {
    const delta = right.mean - left.mean;
    left.squares += right.squares + delta * delta * ((left.weight * right.weight) / weight);
    left.mean = left.weight === 0 ? right.mean : left.mean + delta * (right.weight / weight);
  }
  left.weight = weight;
  left.count += right.count;
  left.missing += right.missing;
  left.infinite += right.infinite;
  return left;
}

/** What a loop over rows adds to. */
interface Sums {
  count: number;
  missing: number;
  infinite: number;
  weight: number;
  sum: number;
  squares: number;
  rest: number;
}

function ofBatch(column: Column, weights: Float64Array | null): Partial {
  const sums: Sums = { count: 0, missing: 0, infinite: 0, weight: 0, sum: 0, squares: 0, rest: 0 };
  eachFloat64(column, (values, from, to, row) => addValues(sums, values, weights, from, to, row - from));
  const { count, missing, infinite, weight, sum } = sums;
  if (weight === 0) return { count, missing, infinite, weight, mean: 0, squares: 0 };
  const mean = sum / weight;
  eachFloat64(column, (values, from, to, row) => addSquares(sums, mean, values, weights, from, to, row - from));
  // The second term takes back what the rounding of the mean adds (Chan et al., equation 1.7).
  return { count, missing, infinite, weight, mean, squares: Math.max(0, sums.squares - (sums.rest * sums.rest) / weight) };
}

/** `ahead`: how much further a row's weight stands than its value. */
function addValues(sums: Sums, values: Float64Array, weights: Float64Array | null, from: number, to: number, ahead: number): void {
  let { count, missing, infinite, weight: total, sum } = sums;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    const weight = weights === null ? 1 : weights[i + ahead]!;
    if (value - value !== 0) {
      if (value !== value) missing++;
      else infinite++;
    } else if (weight > 0) {
      count++;
      total += weight;
      sum += weight * value;
    }
  }
  sums.count = count;
  sums.missing = missing;
  sums.infinite = infinite;
  sums.weight = total;
  sums.sum = sum;
}

function addSquares(sums: Sums, mean: number, values: Float64Array, weights: Float64Array | null, from: number, to: number, ahead: number): void {
  let { squares, rest } = sums;
  for (let i = from; i < to; i++) {
    const deviation = values[i]! - mean;
    const weight = weights === null ? 1 : weights[i + ahead]!;
    if (deviation - deviation !== 0 || !(weight > 0)) continue;
    squares += weight * deviation * deviation;
    rest += weight * deviation;
  }
  sums.squares = squares;
  sums.rest = rest;
}
