import { requireArgument } from "./domain.js";

/** P(K > x) of Kolmogorov's limiting distribution. x >= 0; throws STATISTICS_DOMAIN. */
export function kolmogorovSf(x: number): number {
  requireArgument("x", x, x >= 0, "at least 0");
  if (x < 0.04) return 1;
  // The two forms of one theta function (DLMF 20.7.32): each where it converges in a few terms.
  return x < 1 ? 1 - lowerByTheta(x) : upperByTheta(x);
}

function upperByTheta(x: number): number {
  let sum = 0;
  for (let k = 1; ; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    if (term === 0 || term < sum * 1e-18) return 2 * sum;
    sum += k % 2 === 1 ? term : -term;
  }
}

function lowerByTheta(x: number): number {
  let sum = 0;
  for (let k = 1; k <= 9; k += 2) sum += Math.exp((-k * k * Math.PI * Math.PI) / (8 * x * x));
  return (Math.sqrt(2 * Math.PI) / x) * sum;
}
