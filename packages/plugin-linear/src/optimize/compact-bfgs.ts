import type { Pair } from "./pairs.js";
import { multiply, type Quadratic } from "./quadratic.js";
import { dot } from "./vector.js";

/** A matrix left right^T of few columns; both are parameters x rank, row-major. */
export interface LowRank {
  readonly rank: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/**
 * What BFGS takes from the quadratic B0 to meet the pairs: B = B0 - Q W^-1 Q^T with Q = [B0 S, Y] and
 * W = [[S^T B0 S, L], [L^T, -D]] (Byrd, Nocedal and Schnabel 1994, theorem 2.3); left = Q, right^T = W^-1 Q^T.
 */
export function compactBfgs(quadratic: Quadratic, pairs: readonly Pair[]): LowRank {
  const count = pairs.length;
  const rank = 2 * count;
  const images = pairs.map(({ step }) => multiply(quadratic, step));
  const columns = [...images, ...pairs.map(({ change }) => change)];
  const middle = Array.from({ length: rank }, (_, i) => Array.from({ length: rank }, (_, j) => middleEntry(pairs, images, i, j)));
  const size = quadratic.diagonal.length;
  const left = new Float64Array(size * rank);
  columns.forEach((column, r) => column.forEach((x, j) => (left[j * rank + r] = x)));
  const right = new Float64Array(size * rank);
  const inverse = invert(middle);
  for (let j = 0; j < size; j++)
    for (let r = 0; r < rank; r++) for (let s = 0; s < rank; s++) right[j * rank + r] = right[j * rank + r]! + inverse[r]![s]! * left[j * rank + s]!;
  return { rank, left, right };
}

function middleEntry(pairs: readonly Pair[], images: readonly Float64Array[], i: number, j: number): number {
  const count = pairs.length;
  if (i < count && j < count) return dot(pairs[i]!.step, images[j]!);
  if (i >= count && j >= count) return i === j ? -pairs[i - count]!.product : 0;
  const [step, change] = i < count ? [i, j - count] : [j, i - count];
  return step > change ? dot(pairs[step]!.step, pairs[change]!.change) : 0;
}

/** Gauss-Jordan with row pivots. */
function invert(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))]);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    const pivot = rows[k]!.map((x) => x / rows[k]![k]!);
    rows[k] = pivot;
    for (let i = 0; i < n; i++) if (i !== k) rows[i] = rows[i]!.map((x, j) => x - rows[i]![k]! * pivot[j]!);
  }
  return rows.map((row) => row.slice(n));
}
