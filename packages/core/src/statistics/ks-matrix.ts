const SCALE = 2 ** 128;

/**
 * P(D_n < d) by powers of Durbin's matrix: G. Marsaglia, W. W. Tsang and J. Wang, "Evaluating Kolmogorov's distribution", J. Stat. Software 8
 * (2003). Exact; costs (2 n d)³ log n.
 */
export function kolmogorovByMatrix(n: number, d: number): number {
  const k = Math.ceil(n * d);
  const size = 2 * k - 1;
  const { values, exponent } = power(transitions(k - n * d, size), size, n, (k - 1) * size + k - 1);
  let probability = values[(k - 1) * size + k - 1]!;
  let scale = exponent;
  for (let i = 1; i <= n; i++) {
    probability = (probability * i) / n;
    if (probability < 1 / SCALE) {
      probability *= SCALE;
      scale -= 128;
    }
  }
  return probability * 2 ** scale;
}

/** The matrix H, row-major, for n d = k - h. */
function transitions(h: number, size: number): Float64Array {
  const edge = Float64Array.from({ length: size }, (_, i) => (1 - h ** (i + 1)) / factorial(i + 1));
  edge[size - 1] = (1 - 2 * h ** size + Math.max(0, 2 * h - 1) ** size) / factorial(size);
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      if (row === size - 1) matrix[row * size + column] = edge[size - 1 - column]!;
      else if (column === 0) matrix[row * size] = edge[row]!;
      else if (row - column + 1 >= 0) matrix[row * size + column] = 1 / factorial(row - column + 1);
    }
  return matrix;
}

/** matrix^n times 2^-exponent, by squaring; the entry `watched` tells when to scale down. */
function power(matrix: Float64Array, size: number, n: number, watched: number): { readonly values: Float64Array; readonly exponent: number } {
  let base: Float64Array = matrix;
  let baseExponent = 0;
  let values: Float64Array = Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
  let exponent = 0;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      values = multiply(values, base, size);
      exponent += baseExponent;
    }
    base = multiply(base, base, size);
    baseExponent *= 2;
    if (base[watched]! > SCALE) {
      base = base.map((value) => value / SCALE);
      baseExponent += 128;
    }
  }
  return { values, exponent };
}

function multiply(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let row = 0; row < size; row++)
    for (let k = 0; k < size; k++) {
      const factor = left[row * size + k]!;
      if (factor !== 0) for (let column = 0; column < size; column++) product[row * size + column]! += factor * right[k * size + column]!;
    }
  return product;
}

function factorial(n: number): number {
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return product;
}
