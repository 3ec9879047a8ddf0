import { devianceTerm, stirlingError } from "./log-gamma.js";

/**
 * P(D_n+ >= d) of the one-sided one-sample statistic, 0 < d < 1: the finite sum of Z. W. Birnbaum and F. H. Tingey (1951), all of whose
 * terms are positive; above n = 100,000 the expansion of Chang Li-Chien, "On the exact distribution of the statistics of A. N. Kolmogorov and their asymptotic
 * expansion" (1956), whose relative error there is 3e-8 at d = 3 / sqrt(n), and less below.
 */
export function smirnovSf(n: number, d: number): number {
  if (n > 100_000) return expansion(n, d);
  let sum = 0;
  for (let j = 0; j < n * (1 - d); j++) sum += term(n, d, j);
  return Math.min(1, sum);
}

function expansion(n: number, d: number): number {
  const z2 = n * d * d;
  const z = Math.sqrt(z2);
  const third = (4 * z * (1 / 5 - (19 * z2) / 15 + (2 * z2 * z2) / 3)) / (9 * n ** 1.5);
  return Math.max(0, Math.exp(-2 * z2) * (1 - (2 * z) / (3 * Math.sqrt(n)) + (2 * z2 * (1 - (2 * z2) / 3)) / (3 * n) + third));
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
