import type { Fold } from "../contracts/fold.js";
import { toFloat64 } from "../frame/missing.js";
import { sortNumbers } from "./sort-numbers.js";

/** A column's finite values, sorted, each standing for `weights[i]` values; all weights are 1 where `isExact`. */
export interface Distribution {
  readonly count: number;
  readonly missing: number;
  readonly infinite: number;
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly isExact: boolean;
}

interface Partial {
  missing: number;
  infinite: number;
  /** Values of level h stand for 2^h values each; sorted, but for level 0. */
  levels: Float64Array[];
  /** Of each level: whether its next halving keeps the odd places. */
  odd: boolean[];
}

/** Values that are kept as they are; beyond, ranks are approximate. */
export const EXACT_VALUES = 65_536;

/**
 * The distribution of a numeric column. Exact up to `capacity` finite values. Beyond, levels of values are sorted and halved, the even and
 * the odd places in turn (the compactors of Karnin, Lang and Liberty, "Optimal quantile approximation in streams" (2016), without
 * randomness): a rank is wrong by at most ceil(log2(count / capacity)) / capacity of the count, because a halving of level h moves a rank by at most
 * 2^h and takes at least capacity * 2^h values. 1e-4 at 3,000,000 values. `rankError` gives the bound.
 */
export function distribution(column: string, capacity = EXACT_VALUES): Fold<Distribution, Partial> {
  // Written over by each batch: what is kept of it is copied.
  let room = new Float64Array(0);
  return {
    start: () => ({ missing: 0, infinite: 0, levels: [], odd: [] }),
    add(partial, batch) {
      const values = toFloat64(batch.column(column));
      if (room.length < values.length) room = new Float64Array(values.length);
      const { finite, missing, infinite } = finiteOf(values, room);
      partial.missing += missing;
      partial.infinite += infinite;
      // By pieces, so that no level grows far beyond the capacity, however many rows a batch has.
      for (let start = 0; start < finite.length; start += capacity) append(partial, 0, finite.slice(start, start + capacity), capacity);
      return partial;
    },
    merge(left, right) {
      left.missing += right.missing;
      left.infinite += right.infinite;
      right.levels.forEach((values, level) => append(left, level, values, capacity));
      right.odd.forEach((odd, level) => (left.odd[level] = (left.odd[level] ?? false) !== odd));
      return left;
    },
    finish: ({ missing, infinite, levels }) => ({ missing, infinite, isExact: levels.length <= 1, ...sorted(levels) }),
  };
}

/** The greatest error of a rank, as a share of `count`; 0: exact. */
export function rankError(count: number, capacity = EXACT_VALUES): number {
  return count <= capacity ? 0 : Math.ceil(Math.log2(count / capacity)) / capacity;
}

/** Quantiles, linear between order statistics (definition 7 of R. J. Hyndman and Y. Fan (1996), as numpy's). `shares` in [0, 1]; NaN where there is no value. */
export function quantilesOf({ count, values, weights }: Distribution, shares: readonly number[]): readonly number[] {
  const ends = new Float64Array(weights.length);
  weights.forEach((weight, index) => (ends[index] = weight + (index === 0 ? 0 : ends[index - 1]!)));
  const valueAt = (rank: number) => values[firstAbove(ends, rank)]!;
  return shares.map((asked) => {
    if (count === 0) return NaN;
    const position = asked * (count - 1);
    const below = Math.floor(position);
    const [low, high] = [valueAt(below), valueAt(Math.min(below + 1, count - 1))];
    // From the nearer end, as numpy does: monotone, and the end itself at its rank.
    const share = position - below;
    return low === high ? low : share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
  });
}

function finiteOf(values: Float64Array, finite: Float64Array): { readonly finite: Float64Array; readonly missing: number; readonly infinite: number } {
  let length = 0;
  let missing = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value - value === 0) finite[length++] = value;
    else if (value !== value) missing++;
  }
  return { finite: finite.subarray(0, length), missing, infinite: values.length - length - missing };
}

function append(partial: Partial, level: number, values: Float64Array, capacity: number): void {
  while (partial.levels.length <= level) {
    partial.levels.push(new Float64Array(0));
    partial.odd.push(false);
  }
  const all = (level === 0 ? joined : merged)(partial.levels[level]!, values);
  partial.levels[level] = all;
  if (all.length > capacity) halve(partial, level, capacity);
}

/** Of an odd number of values the greatest stays behind. */
function halve(partial: Partial, level: number, capacity: number): void {
  const all = level === 0 ? sortNumbers(partial.levels[level]!) : partial.levels[level]!;
  const pairs = all.length >> 1;
  const first = partial.odd[level]! ? 1 : 0;
  partial.levels[level] = all.slice(2 * pairs);
  partial.odd[level] = first === 0;
  const kept = new Float64Array(pairs);
  for (let pair = 0; pair < pairs; pair++) kept[pair] = all[2 * pair + first]!;
  append(partial, level + 1, kept, capacity);
}

function joined(left: Float64Array, right: Float64Array): Float64Array {
  if (left.length === 0) return right;
  const all = new Float64Array(left.length + right.length);
  all.set(left);
  all.set(right, left.length);
  return all;
}

/** Two sorted lists as one. */
function merged(left: Float64Array, right: Float64Array): Float64Array {
  if (left.length === 0 || right.length === 0) return left.length === 0 ? right : left;
  const all = new Float64Array(left.length + right.length);
  let [i, j, at] = [0, 0, 0];
  while (i < left.length && j < right.length) {
    const [a, b] = [left[i]!, right[j]!];
    if (a <= b) {
      all[at++] = a;
      i++;
    } else {
      all[at++] = b;
      j++;
    }
  }
  all.set(i < left.length ? left.subarray(i) : right.subarray(j), at);
  return all;
}

/** All levels as one sorted list, the shortest lists first. */
function sorted(levels: readonly Float64Array[]): Pick<Distribution, "count" | "values" | "weights"> {
  const ordered = levels.map((values, level) => ({ values: level === 0 ? sortNumbers(values.slice()) : values, weights: new Float64Array(values.length).fill(2 ** level) }));
  const { values, weights } = ordered.sort((left, right) => left.values.length - right.values.length).reduce(mergedWeights, { values: new Float64Array(0), weights: new Float64Array(0) });
  // -0 is 0.
  return { count: weights.reduce((sum, weight) => sum + weight, 0), values: values.map((value) => value + 0), weights };
}

type Weighted = Pick<Distribution, "values" | "weights">;

function mergedWeights(left: Weighted, right: Weighted): Weighted {
  if (left.values.length === 0) return right;
  const length = left.values.length + right.values.length;
  const [values, weights] = [new Float64Array(length), new Float64Array(length)];
  let [i, j] = [0, 0];
  for (let at = 0; at < length; at++) {
    // Of equal values those of the lower level come first.
    const isLeft = j >= right.values.length || (i < left.values.length && comesFirst(left, i, right, j));
    values[at] = isLeft ? left.values[i]! : right.values[j]!;
    weights[at] = isLeft ? left.weights[i++]! : right.weights[j++]!;
  }
  return { values, weights };
}

function comesFirst(left: Weighted, i: number, right: Weighted, j: number): boolean {
  const [a, b] = [left.values[i]!, right.values[j]!];
  return a < b || (a === b && left.weights[i]! < right.weights[j]!);
}

/** The first place whose value is above. */
function firstAbove(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
