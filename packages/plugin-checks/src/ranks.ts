import { numberOrder } from "@millrace/core";

/** Average ranks, 1-based. */
export function midRanks(values: Float64Array): Float64Array {
  const order = numberOrder(values);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Fewest rows on either side of a comparison; with fewer nothing is said. */
export const FEWEST = 10;

/** ROC-AUC of ranks (NaN: the row takes no part) for the rows flagged 1; 0.5 where a side has fewer than ten. */
export function areaOfOrder(ranks: Float64Array, flags: Uint8Array): number {
  let [ones, zeros, sum] = [0, 0, 0];
  const present = ranks.some(Number.isNaN) ? ranks.filter((rank) => !Number.isNaN(rank)) : ranks;
  const within = midRanks(present);
  for (let row = 0, at = 0; row < ranks.length; row++) {
    if (Number.isNaN(ranks[row]!)) continue;
    if (flags[row] === 1) {
      ones++;
      sum += within[at]!;
    } else zeros++;
    at++;
  }
  return ones < FEWEST || zeros < FEWEST ? 0.5 : (sum - (ones * (ones + 1)) / 2) / (ones * zeros);
}
