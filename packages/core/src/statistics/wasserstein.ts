import { requireSameLength, requireSample, requireWeights } from "./domain.js";

/**
 * The Wasserstein distance of order 1 between two weighted samples: the area between their distribution functions. Weights default to 1.
 * Throws STATISTICS_DOMAIN.
 */
export function wasserstein1(x: ArrayLike<number>, y: ArrayLike<number>, weights: { readonly x?: ArrayLike<number>; readonly y?: ArrayLike<number> } = {}): number {
  const left = steps("x", x, weights.x);
  const right = steps("y", y, weights.y);
  let [i, j, below, above, area] = [0, 0, 0, 0, 0];
  let last = Math.min(left.values[0]!, right.values[0]!);
  while (i < left.values.length || j < right.values.length) {
    const next = Math.min(left.values[i] ?? Infinity, right.values[j] ?? Infinity);
    if (next !== last) area += Math.abs(below - above) * (next - last);
    while (left.values[i] === next) below += left.shares[i++]!;
    while (right.values[j] === next) above += right.shares[j++]!;
    last = next;
  }
  return area;
}

function steps(name: string, values: ArrayLike<number>, weights: ArrayLike<number> | undefined): { readonly values: Float64Array; readonly shares: Float64Array } {
  requireSample(name, values);
  if (weights !== undefined) requireSameLength(values, weights, `${name} and its weights`);
  const total = weights === undefined ? values.length : requireWeights(`weights of ${name}`, weights);
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((left, right) => values[left]! - values[right]!);
  return { values: Float64Array.from(order, (i) => values[i]!), shares: Float64Array.from(order, (i) => (weights === undefined ? 1 : weights[i]!) / total) };
}
