import { BLOCK } from "../matrix/linear-map.js";
import type { Matrix } from "../matrix/matrix.js";
import type { Loss } from "./loss.js";

/**
 * Negative log-likelihood of a class under the softmax of its margins. Curvatures are w p, not w p (1 - p): the second derivatives
 * diag(p) - p p^T have the inverse diag(1/p) on directions that sum to 0 over the classes, and only such directions matter.
 */
export function softmaxLoss(outputs: number): Loss {
  return {
    outputs,
    slopes(margins, { target, weight }, from, count) {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const y = target[from + i]! * BLOCK + i;
        const w = weight === null ? 1 : weight[from + i]!;
        const own = margins[y]!;
        sum += w * (normalize(margins, outputs, i, w) - own);
        margins[y] = margins[y]! - w;
      }
      return sum;
    },
    curvatures(margins, { weight }: Matrix, from, count) {
      for (let i = 0; i < count; i++) normalize(margins, outputs, i, weight === null ? 1 : weight[from + i]!);
    },
  };
}

/** Replaces the margins of a row by w times their softmax; returns log sum exp. */
function normalize(margins: Float64Array, outputs: number, row: number, w: number): number {
  const end = outputs * BLOCK;
  let greatest = -Infinity;
  for (let p = row; p < end; p += BLOCK) greatest = Math.max(greatest, margins[p]!);
  let sum = 0;
  for (let p = row; p < end; p += BLOCK) {
    const e = Math.exp(margins[p]! - greatest);
    margins[p] = e;
    sum += e;
  }
  for (let p = row; p < end; p += BLOCK) margins[p] = (w * margins[p]!) / sum;
  return greatest + Math.log(sum);
}
