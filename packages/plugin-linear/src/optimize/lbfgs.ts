import type { Metric } from "./metric.js";
import type { Method } from "./minimize.js";
import type { Objective } from "./objective.js";
import { type Pair, remember } from "./pairs.js";
import { addScaled, centre, dot } from "./vector.js";

/**
 * L-BFGS (Nocedal and Wright, algorithm 7.4) whose initial matrix is the inverse of the factored second derivatives: where these
 * are fresh and complete it is Newton's method, and between renewals the pairs make up for what changed. Several outputs matter
 * by their differences alone: their steps sum to 0.
 */
export function lbfgs(objective: Objective): Method {
  let metrics: readonly Metric[] = [];
  return {
    pairs: [],
    renew(blocks) {
      metrics = blocks.map(objective.factor);
      // Complete second derivatives say more than the pairs; incomplete ones do not.
      if (objective.exact) this.pairs = [];
    },
    direction(_point, gradient) {
      const step = descent(gradient, this.pairs, metrics);
      return { step, slope: dot(gradient, step) };
    },
    stepped(before, after) {
      this.pairs = remember(this.pairs, before, after);
    },
    rough: () => 0,
  };
}

function descent(gradient: Float64Array, pairs: readonly Pair[], metrics: readonly Metric[]): Float64Array {
  const q = gradient.map((x) => -x);
  const shares: number[] = [];
  for (const { step, change, product } of pairs.toReversed()) {
    const share = dot(step, q) / product;
    shares.push(share);
    addScaled(q, -share, change);
  }
  const size = gradient.length / metrics.length;
  centre(q, size);
  metrics.forEach((metric, k) => metric.solve(q, k * size));
  centre(q, size);
  for (const { step, change, product } of pairs) addScaled(q, shares.pop()! - dot(change, q) / product, step);
  return q;
}
