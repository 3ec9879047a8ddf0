import { requireArgument } from "./domain.js";
import { erfc } from "./error-function.js";

/** P(Z <= x) of the standard normal distribution. */
export function normalCdf(x: number): number {
  return erfc(-x / Math.SQRT2) / 2;
}

/** P(Z > x): exact to about 1e-15 relative in the tail, where 1 - cdf would be 0. */
export function normalSf(x: number): number {
  return erfc(x / Math.SQRT2) / 2;
}

// M. J. Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied Statistics 37 (1988), routine PPND16.
const CENTRE = {
  up: [3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227],
  down: [1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943, 5226.495278852546],
};
const MIDDLE = {
  up: [1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414],
  down: [1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9],
};
const TAIL = {
  up: [6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7],
  down: [1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15],
};

/** The quantile of the standard normal distribution, to about 1e-16 relative. `p` in [0, 1]; throws STATISTICS_DOMAIN. */
export function normalQuantile(p: number): number {
  requireArgument("p", p, p >= 0 && p <= 1, "in [0, 1]");
  const centred = p - 0.5;
  if (Math.abs(centred) <= 0.425) return centred * ratio(CENTRE, 0.180625 - centred * centred);
  const tail = centred < 0 ? p : 1 - p;
  if (tail === 0) return centred < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(tail));
  const size = r <= 5 ? ratio(MIDDLE, r - 1.6) : ratio(TAIL, r - 5);
  return centred < 0 ? -size : size;
}

/** `value` with a two-sided normal interval round it; `confidence` in (0, 1), e.g. 0.95. Throws STATISTICS_DOMAIN. */
export function normalInterval(value: number, standardError: number, confidence: number): { readonly lower: number; readonly upper: number } {
  requireArgument("confidence", confidence, confidence > 0 && confidence < 1, "in (0, 1)");
  requireArgument("standardError", standardError, standardError >= 0, "at least 0");
  const half = -normalQuantile((1 - confidence) / 2) * standardError;
  return { lower: value - half, upper: value + half };
}

function ratio(coefficients: typeof CENTRE, x: number): number {
  return horner(coefficients.up, x) / horner(coefficients.down, x);
}

function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
