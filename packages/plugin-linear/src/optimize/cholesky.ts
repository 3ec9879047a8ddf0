/** A pivot this much smaller than what it was before elimination is rounding noise: the variable depends on those before it. */
const DEPENDENT = 1e-11;

/**
 * L of A = L L^T, in place in the lower triangle of a row-major n x n matrix. `scale`: the diagonal before anything was
 * eliminated. A variable that depends on those before it gets an infinite pivot: `solve` leaves it at 0, as R's `lm` leaves out
 * aliased terms.
 */
export function factor(matrix: Float64Array, n: number, scale: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      matrix[row + j] = (matrix[row + j]! - dotRows(matrix, row, other, j)) / matrix[other + j]!;
    }
    const pivot = matrix[row + i]! - dotRows(matrix, row, row, i);
    matrix[row + i] = pivot > DEPENDENT * scale[i]! ? Math.sqrt(pivot) : Infinity;
  }
}

/** Solves A x = b in place by the factor; `b[0 ... n)`. */
export function solve(matrix: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    const row = i * n;
    for (let j = 0; j < i; j++) sum -= matrix[row + j]! * b[j]!;
    b[i] = sum / matrix[row + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = i * n;
    const x = b[i]! / matrix[row + i]!;
    b[i] = x;
    for (let j = 0; j < i; j++) b[j] = b[j]! - matrix[row + j]! * x;
  }
}

/** Four sums at once: the additions of one would wait for each other. */
function dotRows(matrix: Float64Array, a: number, b: number, count: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    s0 += matrix[a + k]! * matrix[b + k]!;
    s1 += matrix[a + k + 1]! * matrix[b + k + 1]!;
    s2 += matrix[a + k + 2]! * matrix[b + k + 2]!;
    s3 += matrix[a + k + 3]! * matrix[b + k + 3]!;
  }
  for (; k < count; k++) s0 += matrix[a + k]! * matrix[b + k]!;
  return s0 + s1 + (s2 + s3);
}
