import { requireArgument } from "./domain.js";
import { kolmogorovByMatrix } from "./ks-matrix.js";
import { kolmogorovByPelzGood } from "./ks-pelz-good.js";
import { smirnovSf } from "./smirnov.js";

/**
 * P(D_n >= d) of the two-sided one-sample Kolmogorov-Smirnov statistic. Which formula serves where: R. Simard and P. L'Ecuyer, "Computing
 * the two-sided Kolmogorov-Smirnov distribution", J. Stat. Software 39 (2011), with the matrix in place of Pomeranz' recursion (equal but
 * for rounding). `n` a whole number of at least 1; throws STATISTICS_DOMAIN.
 */
export function ksOneSampleSf(n: number, d: number): number {
  requireArgument("n", n, Number.isInteger(n) && n >= 1, "a whole number of at least 1");
  requireArgument("d", d, !Number.isNaN(d), "a number");
  if (d >= 1) return 0;
  if (n * d <= 0.5) return 1;
  const square = n * d * d;
  if (square >= 370) return 0;
  // The two one-sided events exclude each other from d = 1/2 on; far in the tail their overlap is below the last digit.
  if (d >= 0.5 || square >= (n <= 140 ? 4 : 2.2)) return Math.min(1, 2 * smirnovSf(n, d));
  const cdf = n <= 140 || (n <= 100_000 && n * d ** 1.5 <= 1.4) ? kolmogorovByMatrix(n, d) : kolmogorovByPelzGood(n, d);
  return Math.min(1, Math.max(0, 1 - cdf));
}
