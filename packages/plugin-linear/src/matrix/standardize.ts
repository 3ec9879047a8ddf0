import { infinite } from "./infinite.js";

/**
 * Centres and scales column `at` of a row-major matrix in place, missing values to 0. Standardized columns make the problem well
 * conditioned whatever the units; the penalty is divided by scale^2, so that the optimum is that of the values as they came.
 * Throws DATA_INFINITE.
 */
export function standardize(values: Float32Array, at: number, width: number, weight: Float64Array | null, column: string): { readonly mean: number; readonly scale: number } {
  let total = 0;
  let sum = 0;
  for (let i = 0, p = at; p < values.length; i++, p += width) {
    const x = values[p]!;
    // False for NaN and for both infinities.
    if (x - x === 0) {
      const w = weight === null ? 1 : weight[i]!;
      total += w;
      sum += w * x;
    } else if (!Number.isNaN(x)) throw infinite(column, i, x);
  }
  const mean = total > 0 ? Math.fround(sum / total) : 0;
  let squares = 0;
  for (let i = 0, p = at; p < values.length; i++, p += width) {
    const z = values[p]! - mean;
    if (!Number.isNaN(z)) squares += (weight === null ? 1 : weight[i]!) * z * z;
  }
  const scale = squares > 0 ? Math.sqrt(squares / total) : 1;
  for (let p = at; p < values.length; p += width) {
    const z = values[p]! - mean;
    values[p] = Number.isNaN(z) ? 0 : z / scale;
  }
  return { mean, scale };
}
