import { requireArgument } from "./domain.js";
import { devianceTerm, stirlingError } from "./log-gamma.js";

const TINY = 1e-300;

/** Q(a, x) = Γ(a, x) / Γ(a), the upper regularised incomplete gamma function. a > 0, x >= 0; throws STATISTICS_DOMAIN. */
export function gammaUpperRegularized(a: number, x: number): number {
  requireDomain(a, x);
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - lowerBySeries(a, x) : upperByFraction(a, x);
}

/** P(a, x) = γ(a, x) / Γ(a), the lower one. a > 0, x >= 0; throws STATISTICS_DOMAIN. */
export function gammaLowerRegularized(a: number, x: number): number {
  requireDomain(a, x);
  if (x === 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? lowerBySeries(a, x) : 1 - upperByFraction(a, x);
}

/** DLMF 8.11.4. */
function lowerBySeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * density(a, x);
}

/** The continued fraction of DLMF 8.9.2, by the modified Lentz algorithm (Thompson and Barnett 1986). */
function upperByFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; ; i++) {
    const numerator = -i * (i - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b);
    c = nonZero(b + numerator / c);
    const step = c * d;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-16) return fraction * a * density(a, x);
  }
}

/** x^a e^-x / Γ(a + 1), by the saddle point (Loader 2000): the logarithms' large terms never meet. */
function density(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - devianceTerm(a, x)) / Math.sqrt(2 * Math.PI * a);
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

function requireDomain(a: number, x: number): void {
  requireArgument("a", a, a > 0 && a < Infinity, "above 0");
  requireArgument("x", x, x >= 0, "at least 0");
}
