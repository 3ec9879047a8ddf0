import { defineFold, toFloat64, type Fold } from "@millrace/core";

/** Of columns in pairs, `[i * n + j]`: over the rows in which both i and j are finite. */
export interface CoMoments {
  readonly rows: number;
  readonly counts: Float64Array;
  /** The mean of i. */
  readonly means: Float64Array;
  /** Sum of squared deviations of i. */
  readonly squares: Float64Array;
  /** Sum of products of deviations. */
  readonly products: Float64Array;
}

type Partial = { -readonly [K in keyof CoMoments]: CoMoments[K] };

/** Rows that all pairs of columns pass over before the next ones come. */
const BLOCK = 2_048;
/** Sums that are kept of a pair. */
const SUMS = 6;

interface Batch {
  readonly values: Float64Array;
  /** Deviations from the batch's own mean, 0 where there is no finite value. */
  readonly deviations: Float64Array;
  /** 1 where there is a finite value, else 0: sums need no branch that is hard to foresee. */
  readonly present: Float64Array;
  readonly mean: number;
  readonly squares: number;
  readonly isComplete: boolean;
}

/** Means, spreads and products of all pairs of columns in one pass; batches merge by Chan, Golub and LeVeque (1979). */
export function coMoments(columns: readonly string[]): Fold<CoMoments, Partial> {
  const n = columns.length;
  const start = (): Partial => ({ rows: 0, counts: new Float64Array(n * n), means: new Float64Array(n * n), squares: new Float64Array(n * n), products: new Float64Array(n * n) });
  return defineFold<Partial, CoMoments>({
    start,
    add(partial, batch) {
      const all = columns.map((name) => batchOf(toFloat64(batch.column(name))));
      const found = start();
      found.rows = batch.length;
      const sums = new Float64Array(SUMS * n * n);
      // By blocks that stay in the cache while all pairs pass over them.
      for (let from = 0; from < batch.length; from += BLOCK)
        for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) addBlock(sums, SUMS * (i * n + j), all[i]!, all[j]!, from, Math.min(batch.length, from + BLOCK));
      for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) pair(found, all, sums, i, j, n);
      return merged(partial, found);
    },
    merge: merged,
    finish: (partial) => partial,
  });
}

function batchOf(values: Float64Array): Batch {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value - value !== 0) continue;
    sum += value;
    count++;
  }
  const mean = count === 0 ? 0 : sum / count;
  const deviations = new Float64Array(values.length);
  const present = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const deviation = values[row]! - mean;
    const isPresent = deviation - deviation === 0;
    deviations[row] = isPresent ? deviation : 0;
    present[row] = isPresent ? 1 : 0;
  }
  return { values, deviations, present, mean, squares: count === values.length ? dot(deviations, deviations) : NaN, isComplete: count === values.length };
}

/** Adds the rows [from, to) of a pair to its sums: of products, and where some row lacks one of both, also count, deviations and squares of the rows that have both. */
function addBlock(sums: Float64Array, at: number, left: Batch, right: Batch, from: number, to: number): void {
  if (left.isComplete && right.isComplete) {
    if (left !== right) sums[at] = sums[at]! + dot(left.deviations, right.deviations, from, to);
    return;
  }
  addMasked(sums, at, left.deviations, left.present, right.deviations, right.present, from, to);
}

function addMasked(sums: Float64Array, at: number, lefts: Float64Array, hasLeft: Float64Array, rights: Float64Array, hasRight: Float64Array, from: number, to: number): void {
  let product = sums[at]!;
  let count = sums[at + 1]!;
  let sumLeft = sums[at + 2]!;
  let sumRight = sums[at + 3]!;
  let squaresLeft = sums[at + 4]!;
  let squaresRight = sums[at + 5]!;
  for (let row = from; row < to; row++) {
    const a = lefts[row]!;
    const b = rights[row]!;
    const hasA = hasLeft[row]!;
    const hasB = hasRight[row]!;
    const heldA = a * hasB;
    const heldB = b * hasA;
    count += hasA * hasB;
    sumLeft += heldA;
    sumRight += heldB;
    squaresLeft += a * heldA;
    squaresRight += b * heldB;
    product += a * b;
  }
  sums[at] = product;
  sums[at + 1] = count;
  sums[at + 2] = sumLeft;
  sums[at + 3] = sumRight;
  sums[at + 4] = squaresLeft;
  sums[at + 5] = squaresRight;
}

function pair(found: Partial, all: readonly Batch[], sums: Float64Array, i: number, j: number, n: number): void {
  const [left, right] = [all[i]!, all[j]!];
  const own = sums.subarray(SUMS * (i * n + j), SUMS * (i * n + j + 1));
  if (left.isComplete && right.isComplete) {
    set(found, i, j, n, { count: left.values.length, means: [left.mean, right.mean], squares: [left.squares, right.squares], product: i === j ? left.squares : own[0]! });
    return;
  }
  const [product, count, sumLeft, sumRight, squaresLeft, squaresRight] = own as unknown as readonly [number, number, number, number, number, number];
  if (count === 0) return;
  // Deviations are small against the spread's own mean, so that little cancels.
  set(found, i, j, n, {
    count,
    means: [left.mean + sumLeft / count, right.mean + sumRight / count],
    squares: [Math.max(0, squaresLeft - (sumLeft * sumLeft) / count), Math.max(0, squaresRight - (sumRight * sumRight) / count)],
    product: product - (sumLeft * sumRight) / count,
  });
}

interface Pair {
  readonly count: number;
  readonly means: readonly [number, number];
  readonly squares: readonly [number, number];
  readonly product: number;
}

function set({ counts, means, squares, products }: Partial, i: number, j: number, n: number, of: Pair): void {
  [i * n + j, j * n + i].forEach((at, side) => {
    counts[at] = of.count;
    means[at] = of.means[side]!;
    squares[at] = of.squares[side]!;
    products[at] = of.product;
  });
}

function merged(left: Partial, right: Partial): Partial {
  const n = Math.sqrt(left.counts.length);
  left.rows += right.rows;
  const deltas = right.means.map((mean, at) => mean - left.means[at]!);
  for (let at = 0; at < left.counts.length; at++) {
    const [count, more] = [left.counts[at]!, right.counts[at]!];
    if (more === 0) continue;
    const mirrored = (at % n) * n + Math.floor(at / n);
    const weight = (count * more) / (count + more);
    left.squares[at]! += right.squares[at]! + deltas[at]! * deltas[at]! * weight;
    left.products[at]! += right.products[at]! + deltas[at]! * deltas[mirrored]! * weight;
    left.means[at]! += deltas[at]! * (more / (count + more));
    left.counts[at]! += more;
  }
  return left;
}

function dot(left: Float64Array, right: Float64Array, from = 0, to = left.length): number {
  let sum = 0;
  for (let row = from; row < to; row++) sum += left[row]! * right[row]!;
  return sum;
}

/** Pearson's correlation of columns i and j over the rows that have both; 0 where one of them is constant. */
export function correlationOf({ counts, squares, products }: CoMoments, i: number, j: number): number {
  const n = Math.sqrt(counts.length);
  const spread = Math.sqrt(squares[i * n + j]! * squares[j * n + i]!);
  return spread > 0 ? Math.max(-1, Math.min(1, products[i * n + j]! / spread)) : 0;
}

/** The covariances, divided by rows - 1, in which a missing value counts as its column's mean; and these means. */
export function covariancesOf({ rows, counts, means, products }: CoMoments): { readonly means: Float64Array; readonly covariances: Float64Array } {
  const n = Math.sqrt(counts.length);
  const own = Float64Array.from({ length: n }, (_, i) => means[i * n + i]!);
  const covariances = products.map((product, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return (product + counts[at]! * (means[at]! - own[i]!) * (means[j * n + i]! - own[j]!)) / Math.max(1, rows - 1);
  });
  return { means: own, covariances };
}
