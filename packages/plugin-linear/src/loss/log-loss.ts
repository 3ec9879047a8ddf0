import type { Matrix } from "../matrix/matrix.js";
import type { Loss } from "./loss.js";

/** Negative log-likelihood of a target of 0 and 1: log(1 + e^m) - y m, stable for any margin. */
export const logLoss: Loss = {
  outputs: 1,
  slopes: (margins, matrix, from, count) => (matrix.weight === null ? plain(margins, matrix.target, from, count) : weighted(margins, matrix, matrix.weight, from, count)),
  curvatures(margins, { weight }, from, count) {
    for (let i = 0; i < count; i++) {
      const e = Math.exp(-Math.abs(margins[i]!));
      const h = e / ((1 + e) * (1 + e));
      margins[i] = weight === null ? h : weight[from + i]! * h;
    }
  },
};

/** One logarithm for 64 rows: each factor 1 + e lies in (1, 2], so that the product stays below 2^64. */
function plain(margins: Float64Array, target: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let start = 0; start < count; start += 64) {
    const end = Math.min(count, start + 64);
    let product = 1;
    for (let i = start; i < end; i++) {
      const m = margins[i]!;
      const y = target[from + i]!;
      const e = Math.exp(-Math.abs(m));
      const q = 1 / (1 + e);
      product *= 1 + e;
      sum += (m > 0 ? m : 0) - y * m;
      margins[i] = (m >= 0 ? q : e * q) - y;
    }
    sum += Math.log(product);
  }
  return sum;
}

function weighted(margins: Float64Array, { target }: Matrix, weight: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const m = margins[i]!;
    const y = target[from + i]!;
    const w = weight[from + i]!;
    const e = Math.exp(-Math.abs(m));
    const q = 1 / (1 + e);
    sum += w * ((m > 0 ? m : 0) - y * m + Math.log1p(e));
    margins[i] = w * ((m >= 0 ? q : e * q) - y);
  }
  return sum;
}
