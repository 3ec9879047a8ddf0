import type { Binned } from "./value-bins.js";

/** Rows, and sums of what is to be told, by half and bin. */
interface Sums {
  readonly rows: Float64Array;
  readonly sums: Float64Array;
}

/**
 * The ROC-AUC of each bin's share of ones in the other half of the rows: a bin with few rows, such as an id of its own for each row, tells nothing
 * there. Shares are drawn to the overall one by one row's weight.
 */
export function crossFittedArea({ codes, size }: Binned, flags: Uint8Array, halves: Uint8Array): number {
  const by = byHalf(codes, size, flags, halves);
  return (areaByShares(by[0]!, by[1]!) + areaByShares(by[1]!, by[0]!)) / 2;
}

/** The correlation of a number's rank with the mean rank of its bin in the other half of the rows. */
export function crossFittedCorrelation({ codes, size }: Binned, ranks: Float64Array, halves: Uint8Array): number {
  const by = byHalf(codes, size, ranks, halves);
  return (correlationByMeans(by[0]!, by[1]!, ranks, halves, 1) + correlationByMeans(by[1]!, by[0]!, ranks, halves, 0)) / 2;
}

/** Spearman's correlation of two columns of ranks, over the rows in which the first is not missing. */
export function orderedCorrelation(order: Float64Array, ranks: Float64Array): number {
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  const [middleOfOrder, middleOfRanks] = [order.length / 2, ranks.length / 2];
  for (let row = 0; row < order.length; row++) {
    if (Number.isNaN(order[row])) continue;
    const a = order[row]! - middleOfOrder;
    const b = ranks[row]! - middleOfRanks;
    n++;
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  return n < 20 ? 0 : correlation(n, x, y, xx, yy, xy);
}

function areaByShares(learnt: Sums, judged: Sums): number {
  const shares = smoothed(learnt);
  const bins = Array.from(shares.keys()).sort((left, right) => shares[left]! - shares[right]!);
  let [pairs, below, ones] = [0, 0, 0];
  for (let start = 0; start < bins.length; ) {
    let [end, hits, others] = [start, 0, 0];
    for (; end < bins.length && shares[bins[end]!] === shares[bins[start]!]; end++) {
      hits += judged.sums[bins[end]!]!;
      others += judged.rows[bins[end]!]! - judged.sums[bins[end]!]!;
    }
    pairs += hits * (below + others / 2);
    below += others;
    ones += hits;
    start = end;
  }
  return ones === 0 || below === 0 ? 0.5 : pairs / (ones * below);
}

function correlationByMeans(learnt: Sums, judged: Sums, ranks: Float64Array, halves: Uint8Array, half: 0 | 1): number {
  const means = smoothed(learnt);
  const middle = ranks.length / 2;
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let bin = 0; bin < means.length; bin++) {
    const rows = judged.rows[bin]!;
    const a = means[bin]! - middle;
    n += rows;
    x += rows * a;
    xx += rows * a * a;
    xy += a * (judged.sums[bin]! - rows * middle);
  }
  for (let row = 0; row < ranks.length; row++) {
    if (halves[row] !== half) continue;
    y += ranks[row]! - middle;
    yy += (ranks[row]! - middle) ** 2;
  }
  return n === 0 ? 0 : correlation(n, x, y, xx, yy, xy);
}

function smoothed({ rows, sums }: Sums): Float64Array {
  const total = rows.reduce((all, count) => all + count, 0);
  const overall = total === 0 ? 0 : sums.reduce((all, sum) => all + sum, 0) / total;
  return rows.map((count, bin) => (sums[bin]! + overall) / (count + 1));
}

function byHalf(codes: Int32Array, size: number, values: Uint8Array | Float64Array, halves: Uint8Array): readonly Sums[] {
  const by = [0, 1].map((): Sums => ({ rows: new Float64Array(size), sums: new Float64Array(size) }));
  for (let row = 0; row < codes.length; row++) {
    const { rows, sums } = by[halves[row]!]!;
    rows[codes[row]!]!++;
    sums[codes[row]!]! += values[row]!;
  }
  return by;
}

function correlation(n: number, x: number, y: number, xx: number, yy: number, xy: number): number {
  const spread = (xx - (x * x) / n) * (yy - (y * y) / n);
  return spread <= 0 ? 0 : Math.max(-1, Math.min(1, (xy - (x * y) / n) / Math.sqrt(spread)));
}
