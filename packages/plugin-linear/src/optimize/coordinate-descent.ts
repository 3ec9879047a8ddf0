import type { LowRank } from "./compact-bfgs.js";
import type { Quadratic } from "./quadratic.js";

/**
 * Sweeps at most, and the share of the progress so far that a sweep must make. A sweep costs a millisecond and a new model of the
 * rows up to a second: where columns depend on each other (an airport and its routes), many sweeps are worth their time.
 */
const SWEEPS = 1000;
const PROGRESS = 1e-5;

/**
 * Moves `theta` to the minimum of gradient (t - theta) + 1/2 (t - theta) (quadratic - low) (t - theta) + sum of l1 |t|, coordinate by
 * coordinate. `gradient` is scratch; `l1` repeats for each output. A parameter without curvature stays where it is.
 */
export function coordinateDescent(quadratic: Quadratic, low: LowRank, l1: Float64Array, theta: Float64Array, gradient: Float64Array): void {
  // low.right^T (t - theta): what the low-rank part needs of the steps so far.
  const moved = new Float64Array(low.rank);
  let total = 0;
  for (let sweeps = 0; sweeps < SWEEPS; sweeps++) {
    const progress = sweep(quadratic, low, l1, theta, gradient, moved);
    total += progress;
    if (progress <= PROGRESS * total) return;
  }
}

/** Each coordinate to its own minimum, in turn. Returns twice what the model fell by. */
function sweep({ diagonal, from, columns, values }: Quadratic, { rank, left, right }: LowRank, l1: Float64Array, theta: Float64Array, gradient: Float64Array, moved: Float64Array): number {
  let progress = 0;
  for (let j = 0; j < theta.length; j++) {
    let curvature = diagonal[j]!;
    let slope = gradient[j]!;
    for (let r = 0, p = j * rank; r < rank; r++, p++) {
      curvature -= left[p]! * right[p]!;
      slope -= left[p]! * moved[r]!;
    }
    if (!(curvature > 0)) continue;
    const before = theta[j]!;
    const after = soft(curvature * before - slope, l1[j % l1.length]!) / curvature;
    const change = after - before;
    if (change === 0) continue;
    theta[j] = after;
    gradient[j] = gradient[j]! + diagonal[j]! * change;
    for (let p = from[j]!; p < from[j + 1]!; p++) gradient[columns[p]!] = gradient[columns[p]!]! + values[p]! * change;
    for (let r = 0, p = j * rank; r < rank; r++, p++) moved[r] = moved[r]! + right[p]! * change;
    progress += curvature * change * change;
  }
  return progress;
}

function soft(x: number, threshold: number): number {
  return x > threshold ? x - threshold : x < -threshold ? x + threshold : 0;
}
