import { requireSample } from "./domain.js";
import { ksExactPValue } from "./ks-exact.js";
import { ksOneSampleSf } from "./ks-one-sample.js";
import { sorted } from "./sorted.js";
import type { Alternative, TestResult } from "./test-result.js";

export interface KsOptions {
  readonly alternative?: Alternative;
  /** `auto`: exact while n · m is at most 1,000,000. `exact` counts paths without ties, which is conservative where there are ties. */
  readonly method?: "auto" | "exact" | "asymptotic";
}

export interface KsResult extends TestResult {
  /** A value at which the empirical distribution functions differ most. */
  readonly location: number;
  /** 1: the first sample's distribution function lies above the second's there; -1: below. */
  readonly sign: 1 | -1;
}

interface Gap {
  /** The difference of the distribution functions times n · m: a whole number, so that no rounding decides. */
  readonly size: number;
  readonly location: number;
}

/**
 * The Kolmogorov-Smirnov test of two samples. `greater`: the alternative that the first sample's distribution function lies above.
 * Asymptotic, two-sided: the finite one-sample distribution at the effective size (as scipy.stats.ks_2samp); one-sided: J. L. Hodges, "The
 * significance probability of the Smirnov two-sample test" (1958), equation 5.3. Throws STATISTICS_DOMAIN for an empty sample or NaN.
 */
export function ksTwoSample(x: ArrayLike<number>, y: ArrayLike<number>, options: KsOptions = {}): KsResult {
  requireSample("x", x);
  requireSample("y", y);
  const { alternative = "two-sided", method = "auto" } = options;
  const n = x.length;
  const m = y.length;
  const { above, below } = largestGaps(sorted(x), sorted(y));
  const isBelow = alternative === "less" || (alternative === "two-sided" && below.size > above.size);
  const gap = isBelow ? below : above;
  const statistic = gap.size / (n * m);
  const isExact = method === "exact" || (method === "auto" && n * m <= 1e6);
  const pValue = isExact ? ksExactPValue(n, m, gap.size, alternative === "two-sided") : asymptotic(n, m, statistic, alternative);
  return { statistic, pValue, location: gap.location, sign: isBelow ? -1 : 1 };
}

/** The largest differences of F_x - F_y in both directions; of equal ones the first value of x in order, then of y. */
function largestGaps(x: Float64Array, y: Float64Array): { readonly above: Gap; readonly below: Gap } {
  let above: Gap = { size: -Infinity, location: NaN };
  let below: Gap = { size: -Infinity, location: NaN };
  const visit = (values: Float64Array, others: Float64Array, sign: 1 | -1): void => {
    let seen = 0;
    for (let i = 0; i < values.length; i++) {
      const location = values[i]!;
      if (values[i + 1] === location) continue;
      while (seen < others.length && others[seen]! <= location) seen++;
      const size = sign * ((i + 1) * others.length - seen * values.length);
      if (size > above.size) above = { size, location };
      if (-size > below.size) below = { size: -size, location };
    }
  };
  visit(x, y, 1);
  visit(y, x, -1);
  return { above, below: { ...below, size: Math.max(0, below.size) } };
}

function asymptotic(first: number, second: number, statistic: number, alternative: Alternative): number {
  const m = Math.max(first, second);
  const n = Math.min(first, second);
  const effective = (m * n) / (m + n);
  if (alternative === "two-sided") return ksOneSampleSf(Math.max(1, Math.round(effective)), statistic);
  const z = Math.sqrt(effective) * statistic;
  return Math.min(1, Math.exp(-2 * z * z - (2 * z * (m + 2 * n)) / Math.sqrt(m * n * (m + n)) / 3));
}
