/** The least value that at least the share of the weight does not exceed, the middle of two where the share falls between them. NaN of no values. */
export function weightedQuantile(values: Float64Array, weights: Float64Array | null, share: number): number {
  if (values.length === 0) return Number.NaN;
  if (weights === null) {
    const sorted = values.slice().sort();
    const at = share * sorted.length;
    const below = Math.min(sorted.length - 1, Math.max(0, Math.ceil(at) - 1));
    return at === below + 1 && below + 1 < sorted.length ? (sorted[below]! + sorted[below + 1]!) / 2 : sorted[below]!;
  }
  const order = Int32Array.from(values.keys()).filter((index) => weights[index]! > 0).sort((a, b) => values[a]! - values[b]! || a - b);
  const wanted = share * order.reduce((sum, index) => sum + weights[index]!, 0);
  let below = 0;
  for (let place = 0; place < order.length; place++) {
    below += weights[order[place]!]!;
    if (below < wanted) continue;
    const value = values[order[place]!]!;
    return below === wanted && place + 1 < order.length ? (value + values[order[place + 1]!]!) / 2 : value;
  }
  return order.length === 0 ? Number.NaN : values[order.at(-1)!]!;
}
