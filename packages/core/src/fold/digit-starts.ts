/** Of a radix sort: how often each value of a digit occurs becomes, in place, where the first of them goes. */
export function digitStarts(counts: Uint32Array): Uint32Array {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    counts[i] = sum;
    sum += count;
  }
  return counts;
}
