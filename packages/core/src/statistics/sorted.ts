/** An ascending copy; the argument stays as it is. */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** Average ranks, 1-based, of the pooled sample's first `first.length` values, and the sizes of the groups of equal values. */
export function pooledRanks(first: ArrayLike<number>, second: ArrayLike<number>): { readonly ranks: Float64Array; readonly ties: readonly number[] } {
  const all = new Float64Array(first.length + second.length);
  all.set(Array.from(first));
  all.set(Array.from(second), first.length);
  const order = Uint32Array.from(all.keys()).sort((left, right) => all[left]! - all[right]!);
  const ranks = new Float64Array(all.length);
  const ties: number[] = [];
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && all[order[end]!] === all[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    if (end - start > 1) ties.push(end - start);
    start = end;
  }
  return { ranks, ties };
}
