import { requireArgument } from "./domain.js";
import { devianceTerm, stirlingError } from "./log-gamma.js";

const TINY = 1e-300;

/** I_x(a, b), the regularised incomplete beta function. a, b > 0, x in [0, 1]; throws STATISTICS_DOMAIN. */
export function betaRegularized(a: number, b: number, x: number): number {
  requireArgument("a", a, a > 0 && a < Infinity, "above 0");
  requireArgument("b", b, b > 0 && b < Infinity, "above 0");
  requireArgument("x", x, x >= 0 && x <= 1, "in [0, 1]");
  return betaTail(a, b, x, 1 - x);
}

/** I_x(a, b) where both x and y = 1 - x are known to full precision, so that a tiny y is not lost. */
export function betaTail(a: number, b: number, x: number, y: number): number {
  if (x === 0) return 0;
  if (y === 0) return 1;
  // The fraction converges fast below the mean (DLMF 8.17(v)); above it, the symmetry 8.17.4.
  return x < (a + 1) / (a + b + 2) ? (front(a, b, x, y) * fraction(a, b, x)) / a : 1 - (front(b, a, y, x) * fraction(b, a, y)) / b;
}

/** x^a y^b / B(a, b), by the saddle point (Loader 2000). */
function front(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const deviance = devianceTerm(a, n * x) + devianceTerm(b, n * y);
  return Math.sqrt((a * b) / (2 * Math.PI * n)) * Math.exp(stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance);
}

/** DLMF 8.17.22, by the modified Lentz algorithm (Thompson and Barnett 1986). */
function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; ; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    const step = c * d;
    value *= step;
    if (Math.abs(step - 1) < 1e-16) return value;
  }
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
