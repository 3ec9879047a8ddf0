/** The mean, with the rounding of each addition carried beside the sum (A. Neumaier, 1974). */
export function weightedMean(values: Float64Array, weights: Float64Array | null): number {
  let [sum, carried, total] = [0, 0, 0];
  for (let row = 0; row < values.length; row++) {
    const weight = weights === null ? 1 : weights[row]!;
    const term = weight * values[row]!;
    const next = sum + term;
    carried += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
    total += weight;
  }
  return (sum + carried) / total;
}
