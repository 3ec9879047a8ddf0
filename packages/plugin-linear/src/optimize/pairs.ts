import type { Point } from "./point.js";
import { dot } from "./vector.js";

const MEMORY = 10;

/** A step, and how it changed the gradient. */
export interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** step . change, positive. */
  readonly product: number;
}

/** The last ten pairs. */
export function remember(pairs: readonly Pair[], before: Point, after: Point): readonly Pair[] {
  const step = after.theta.map((x, j) => x - before.theta[j]!);
  const change = after.gradient.map((x, j) => x - before.gradient[j]!);
  const product = dot(step, change);
  // Positive for a convex function, but for rounding.
  return product > 1e-12 * Math.sqrt(dot(step, step) * dot(change, change)) ? [...pairs.slice(1 - MEMORY), { step, change, product }] : pairs;
}
