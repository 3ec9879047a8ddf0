/**
 * The exact p-value of the two-sample Kolmogorov-Smirnov statistic without ties: the probability that a random lattice path from (0, 0) to
 * (n, m) reaches a point with |i m - j n| >= gap (one-sided: i m - j n >= gap). The recursion adds shares in [0, 1] only, so tiny p-values
 * keep their digits: T. Viehmann, "Numerically more stable computation of the p-values for the two-sample Kolmogorov-Smirnov test" (2021).
 */
export function ksExactPValue(n: number, m: number, gap: number, twoSided: boolean): number {
  if (gap <= 0) return 1;
  const reached = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      const difference = i * m - j * n;
      if ((twoSided ? Math.abs(difference) : difference) >= gap) reached[j] = 1;
      else if (i + j > 0) reached[j] = (i * reached[j]! + (j > 0 ? j * reached[j - 1]! : 0)) / (i + j);
    }
  }
  return reached[m]!;
}
