/** Eigenvalues, greatest first, and their vectors of length 1, one after another. */
export interface Eigen {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix (row-major, n x n): the cyclic Jacobi method with the rotations of H. Rutishauser, "The
 * Jacobi method for real symmetric matrices" (1966). Exact to rounding, for small eigenvalues too; each sweep costs about 6 n^3 operations, and
 * six to ten suffice. The sign of a vector is such that its entry of greatest magnitude is positive (scikit-learn's `svd_flip` on components).
 */
export function eigenSymmetric(matrix: Float64Array): Eigen {
  const n = Math.sqrt(matrix.length);
  const a = matrix.slice();
  const v = Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
  for (let sweep = 0; sweep < 60 && !isDiagonal(a, n); sweep++) for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  const order = [...Array(n).keys()].sort((left, right) => a[right * (n + 1)]! - a[left * (n + 1)]! || left - right);
  const vectors = new Float64Array(n * n);
  order.forEach((column, place) => {
    let greatest = 0;
    for (let row = 0; row < n; row++) if (Math.abs(v[row * n + column]!) > Math.abs(v[greatest * n + column]!)) greatest = row;
    const sign = v[greatest * n + column]! < 0 ? -1 : 1;
    for (let row = 0; row < n; row++) vectors[place * n + row] = sign * v[row * n + column]! + 0;
  });
  return { values: Float64Array.from(order, (place) => a[place * (n + 1)]!), vectors };
}

/** What is beside the diagonal is rounding. */
function isDiagonal(a: Float64Array, n: number): boolean {
  for (let p = 0; p < n; p++)
    for (let q = p + 1; q < n; q++) if (Math.abs(a[p * n + q]!) > Number.EPSILON * Math.sqrt(Math.abs(a[p * (n + 1)]! * a[q * (n + 1)]!)) && Math.abs(a[p * n + q]!) > 1e-300) return false;
  return true;
}

/** Makes a[p][q] 0. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const off = a[p * n + q]!;
  if (off === 0) return;
  const theta = (a[q * (n + 1)]! - a[p * (n + 1)]!) / (2 * off);
  const t = Number.isFinite(theta * theta) ? (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1)) : 1 / (2 * theta);
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  a[p * (n + 1)]! -= t * off;
  a[q * (n + 1)]! += t * off;
  a[p * n + q] = a[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    if (k !== p && k !== q) {
      const [kp, kq] = [a[k * n + p]!, a[k * n + q]!];
      a[k * n + p] = a[p * n + k] = c * kp - s * kq;
      a[k * n + q] = a[q * n + k] = s * kp + c * kq;
    }
    const [vp, vq] = [v[k * n + p]!, v[k * n + q]!];
    v[k * n + p] = c * vp - s * vq;
    v[k * n + q] = s * vp + c * vq;
  }
}
