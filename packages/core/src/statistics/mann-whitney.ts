import { requireSample } from "./domain.js";
import { normalSf } from "./normal.js";
import { pooledRanks } from "./sorted.js";
import type { Alternative, TestResult } from "./test-result.js";

export interface MannWhitneyOptions {
  readonly alternative?: Alternative;
  /** `auto`: exact where a sample has at most 8 values and there are no ties. `exact` ignores ties. */
  readonly method?: "auto" | "exact" | "asymptotic";
  /** Continuity correction of the normal approximation. Default true. */
  readonly continuity?: boolean;
}

/**
 * The Mann-Whitney U test; the statistic is U of the first sample. Exact: the distribution of H. B. Mann and D. R. Whitney (1947);
 * asymptotic: normal, with the variance corrected for ties. Throws STATISTICS_DOMAIN for an empty sample or NaN.
 */
export function mannWhitneyU(x: ArrayLike<number>, y: ArrayLike<number>, options: MannWhitneyOptions = {}): TestResult {
  requireSample("x", x);
  requireSample("y", y);
  const { alternative = "two-sided", method = "auto", continuity = true } = options;
  const [n, m] = [x.length, y.length];
  const { ranks, ties } = pooledRanks(x, y);
  let statistic = (-n * (n + 1)) / 2;
  for (let i = 0; i < n; i++) statistic += ranks[i]!;
  const other = n * m - statistic;
  const u = alternative === "two-sided" ? Math.max(statistic, other) : alternative === "greater" ? statistic : other;
  const isExact = method === "exact" || (method === "auto" && Math.min(n, m) <= 8 && ties.length === 0);
  const tail = isExact ? exactTail(Math.trunc(u), n, m) : normalTail(u, n, m, ties, continuity);
  return { statistic, pValue: Math.min(1, alternative === "two-sided" ? 2 * tail : tail) };
}

/** P(U >= u): the coefficients of the Gaussian binomial (n + m choose n)_q, as shares so that nothing overflows. */
function exactTail(u: number, n: number, m: number): number {
  let shares = Float64Array.of(1);
  for (let i = 1; i <= n; i++) {
    // Multiply by (1 - q^(m+i)) / (1 - q^i), and divide by the growth of the sum, (m + i) / i.
    const next = new Float64Array(i * m + 1);
    for (let k = 0; k < next.length; k++) {
      const difference = (shares[k] ?? 0) - (shares[k - m - i] ?? 0);
      next[k] = (difference * i) / (m + i) + (next[k - i] ?? 0);
    }
    shares = next;
  }
  // By symmetry the upper tail is the lower one of n m - u, whose sum starts at the small shares.
  let tail = 0;
  for (let k = 0; k <= n * m - u; k++) tail += shares[k]!;
  return tail;
}

function normalTail(u: number, n: number, m: number, ties: readonly number[], continuity: boolean): number {
  const all = n + m;
  const tied = ties.reduce((sum, size) => sum + size ** 3 - size, 0);
  const deviation = Math.sqrt(((n * m) / 12) * (all + 1 - tied / (all * (all - 1))));
  return deviation === 0 ? 0.5 : normalSf((u - (n * m) / 2 - (continuity ? 0.5 : 0)) / deviation);
}
