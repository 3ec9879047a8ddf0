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
  up: [3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727],
  down: [1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061, 28729.085735721942674, 5226.495278852545925],
};
const MIDDLE = {
  up: [1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4],
  down: [1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459, 0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9],
};
const TAIL = {
  up: [6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
  down: [1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15],
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
