import { devianceTerm, stirlingError } from "./log-gamma.js";

/**
 * P(D_n+ >= d) of the one-sided one-sample statistic, 0 < d < 1: the finite sum of Z. W. Birnbaum and F. H. Tingey (1951), all of whose
 * terms are positive; above n = 100,000 the approximation of U. Maag and G. Dicaire (1971), whose relative error is of order 1/n.
 */
export function smirnovSf(n: number, d: number): number {
  if (n > 100_000) return Math.exp(-((6 * n * d + 1) ** 2) / (18 * n));
  let sum = 0;
  for (let j = 0; j < n * (1 - d); j++) sum += term(n, d, j);
  return Math.min(1, sum);
}

/** d C(n, j) (d + j/n)^(j - 1) (1 - d - j/n)^(n - j), through the binomial probability at p = d + j/n (Loader 2000). */
function term(n: number, d: number, j: number): number {
  const p = d + j / n;
  const q = 1 - p;
  if (j === 0) return Math.exp(n * Math.log1p(-d));
  if (q <= 0) return 0;
  const k = n - j;
  const log = stirlingError(n) - stirlingError(j) - stirlingError(k) - devianceTerm(j, n * p) - devianceTerm(k, n * q);
  return (Math.exp(log + Math.log(n / (2 * Math.PI * j * k)) / 2) * d) / p;
}
