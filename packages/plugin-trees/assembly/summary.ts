/** Summaries of a column (src/bins/summary.ts): distinct values, ascending float32, and beside them what each weighs, float64. */
import { address, int } from "./args";

/** Where the weight of a group's values is half of the whole group's. */
// @ts-ignore: decorator
@inline
function middleOf(weights: usize, first: i32, end: i32, weight: f64): i32 {
  let at = first;
  let below = load<f64>(weights + (<usize>first << 3));
  while (at + 1 < end && below < weight / 2.0) below += load<f64>(weights + (<usize>++at << 3));
  return at;
}

/**
 * Leaves at most `most` values and one (0: all), each standing for its neighbours of about the same weight in all: the value at the middle of their weight, so that
 * ranks move by at most half a group, either way. Values heavier than a group stay alone. In place; returns how many there are.
 */
export function prune(values: usize, weights: usize, count: i32, most: i32): i32 {
  if (most === 0 || count <= most + 1) return count;
  let total: f64 = 0;
  for (let index = 0; index < count; index++) total += load<f64>(weights + (<usize>index << 3));
  // Two neighbouring groups weigh more than a group, so that there are at most `most` of them and one.
  const group = (2.0 * total) / <f64>most;
  let kept = 0;
  for (let first = 0; first < count; ) {
    let weight = load<f64>(weights + (<usize>first << 3));
    let end = first + 1;
    for (; end < count; end++) {
      const more = weight + load<f64>(weights + (<usize>end << 3));
      if (!(more <= group)) break;
      weight = more;
    }
    store<f32>(values + (<usize>kept << 2), load<f32>(values + (<usize>middleOf(weights, first, end, weight) << 2)));
    store<f64>(weights + (<usize>kept << 3), weight);
    kept++;
    first = end;
  }
  return kept;
}

/**
 * Two summaries as one. 0 values, 1 weights and 2 count of one, 3 values, 4 weights and 5 count of the other, 6 values out, 7 weights out, 8 most values that are
 * kept (0: all), 9 count out. Little is done: one thread does it.
 */
export function mergeSummaries(args: usize, thread: i32): void {
  if (thread !== 0) return;
  let left = address(args, 0);
  let leftWeight = address(args, 1);
  const leftEnd = left + (<usize>int(args, 2) << 2);
  let right = address(args, 3);
  let rightWeight = address(args, 4);
  const rightEnd = right + (<usize>int(args, 5) << 2);
  const values = address(args, 6);
  const weights = address(args, 7);
  let count = 0;
  while (left < leftEnd || right < rightEnd) {
    // Infinity may be a value, too: an end that is reached is told by its place.
    const takesLeft = right === rightEnd || (left < leftEnd && load<f32>(left) <= load<f32>(right));
    const takesRight = left === leftEnd || (right < rightEnd && load<f32>(right) <= load<f32>(left));
    store<f32>(values + (<usize>count << 2), load<f32>(takesLeft ? left : right));
    let weight: f64 = 0;
    if (takesLeft) {
      weight = load<f64>(leftWeight);
      left += 4;
      leftWeight += 8;
    }
    if (takesRight) {
      weight += load<f64>(rightWeight);
      right += 4;
      rightWeight += 8;
    }
    store<f64>(weights + (<usize>count << 3), weight);
    count++;
  }
  store<i32>(address(args, 9), prune(values, weights, count, int(args, 8)));
}
