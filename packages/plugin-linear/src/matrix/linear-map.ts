import type { Matrix, SparseRows } from "./matrix.js";

/** Rows that pass at once: their values and margins stay in the cache between the way there and back. */
export const BLOCK = 2048;

/**
 * Margins of rows `from ... from + count` for the parameters of one output, `theta[base ...]`: intercept + weights of numbers
 * times numbers + weights of codes + weights of places times the numbers at them. Results go to `out[at ...]`.
 */
export function margins(matrix: Matrix, theta: Float64Array, base: number, from: number, count: number, out: Float64Array, at: number): void {
  const { numbers, entries } = matrix;
  const { width } = matrix;
  const codes = matrix.codeColumns.length;
  let p = from * width;
  let q = from * codes;
  for (let i = 0; i < count; i++) {
    let margin = theta[base]!;
    for (let j = 1; j <= width; j++) margin += theta[base + j]! * numbers[p++]!;
    for (let j = 0; j < codes; j++) margin += theta[base + entries[q++]!]!;
    out[at + i] = margin;
  }
  if (matrix.sparse !== null) addSparse(matrix.sparse, theta, base, from, count, out, at);
}

function addSparse({ starts, entries, numbers }: SparseRows, theta: Float64Array, base: number, from: number, count: number, out: Float64Array, at: number): void {
  for (let i = 0; i < count; i++) {
    let margin = out[at + i]!;
    for (let k = starts[from + i]!; k < starts[from + i + 1]!; k++) margin += theta[base + entries[k]!]! * numbers[k]!;
    out[at + i] = margin;
  }
}

/** The transpose: adds the sum over the block of slope * row to `gradient[base ...]`. */
export function scatter(matrix: Matrix, slopes: Float64Array, at: number, from: number, count: number, gradient: Float64Array, base: number): void {
  const { numbers, entries } = matrix;
  const { width } = matrix;
  const codes = matrix.codeColumns.length;
  let p = from * width;
  let q = from * codes;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const slope = slopes[at + i]!;
    total += slope;
    for (let j = 1; j <= width; j++) gradient[base + j] = gradient[base + j]! + slope * numbers[p++]!;
    for (let j = 0; j < codes; j++) {
      const entry = base + entries[q++]!;
      gradient[entry] = gradient[entry]! + slope;
    }
  }
  gradient[base] = gradient[base]! + total;
  if (matrix.sparse !== null) scatterSparse(matrix.sparse, slopes, at, from, count, gradient, base);
}

function scatterSparse({ starts, entries, numbers }: SparseRows, slopes: Float64Array, at: number, from: number, count: number, gradient: Float64Array, base: number): void {
  for (let i = 0; i < count; i++) {
    const slope = slopes[at + i]!;
    for (let k = starts[from + i]!; k < starts[from + i + 1]!; k++) {
      const entry = base + entries[k]!;
      gradient[entry] = gradient[entry]! + slope * numbers[k]!;
    }
  }
}
