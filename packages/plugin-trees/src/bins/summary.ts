/** A column's distinct values, ascending, and what each weighs: its rows, or a share of them where values were left out. */
export interface Summary {
  readonly values: Float32Array;
  readonly weights: Float64Array;
}

/** Values of a summary at most; as many distinct ones are kept exactly. */
export const SUMMARY_VALUES = 8192;

export const EMPTY: Summary = { values: new Float32Array(0), weights: new Float64Array(0) };

export function mergeSummaries(left: Summary, right: Summary): Summary {
  if (left.values.length === 0) return right;
  if (right.values.length === 0) return left;
  const values = new Float32Array(left.values.length + right.values.length);
  const weights = new Float64Array(values.length);
  let [i, j, count] = [0, 0, 0];
  while (i < left.values.length || j < right.values.length) {
    const a = i < left.values.length ? left.values[i]! : Infinity;
    const b = j < right.values.length ? right.values[j]! : Infinity;
    // Infinity may be a value, too: an end that is reached is told by its place.
    const takesLeft = j === right.values.length || (i < left.values.length && a <= b);
    const takesRight = i === left.values.length || (j < right.values.length && b <= a);
    values[count] = takesLeft ? a : b;
    weights[count++] = (takesLeft ? left.weights[i++]! : 0) + (takesRight ? right.weights[j++]! : 0);
  }
  return { values: values.slice(0, count), weights: weights.slice(0, count) };
}

/**
 * At most SUMMARY_VALUES values, each standing for its neighbours of about the same weight in all: the value at the middle of their weight, so that ranks move
 * by at most half a group, either way. Values heavier than a group stay alone.
 */
export function pruned(summary: Summary): Summary {
  const { values, weights } = summary;
  if (values.length <= SUMMARY_VALUES + 1) return summary;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const group = (2 * total) / SUMMARY_VALUES;
  // Two neighbouring groups weigh more than a group, so that there are at most SUMMARY_VALUES of them and one.
  const kept = { values: new Float32Array(SUMMARY_VALUES + 1), weights: new Float64Array(SUMMARY_VALUES + 1) };
  let count = 0;
  for (let first = 0; first < values.length; ) {
    let [end, weight] = [first + 1, weights[first]!];
    while (end < values.length && weight + weights[end]! <= group) weight += weights[end++]!;
    kept.values[count] = values[middleOf(weights, first, end, weight)]!;
    kept.weights[count++] = weight;
    first = end;
  }
  return { values: kept.values.slice(0, count), weights: kept.weights.slice(0, count) };
}

function middleOf(weights: Float64Array, first: number, end: number, weight: number): number {
  let [at, below] = [first, weights[first]!];
  while (at + 1 < end && below < weight / 2) below += weights[++at]!;
  return at;
}
