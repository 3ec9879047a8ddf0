import { requireSample } from "./domain.js";
import { logGamma } from "./log-gamma.js";
import { pooledRanks, sorted } from "./sorted.js";
import type { TestResult } from "./test-result.js";

/**
 * The two-sample Cramér-von Mises test with its limiting distribution, after standardising the statistic's mean and variance: T. W.
 * Anderson, "On the distribution of the two-sample Cramér-von Mises criterion" (1962). Each sample needs two values; throws STATISTICS_DOMAIN.
 */
export function cramerVonMisesTwoSample(x: ArrayLike<number>, y: ArrayLike<number>): TestResult {
  requireSample("x", x, 2);
  requireSample("y", y, 2);
  const [n, m] = [x.length, y.length];
  const [all, product] = [n + m, n * m];
  const { ranks } = pooledRanks(sorted(x), sorted(y));
  let [left, right] = [0, 0];
  for (let i = 0; i < n; i++) left += (ranks[i]! - (i + 1)) ** 2;
  for (let j = 0; j < m; j++) right += (ranks[n + j]! - (j + 1)) ** 2;
  const statistic = (n * left + m * right) / (product * all) - (4 * product - 1) / (6 * all);
  const mean = (1 + 1 / all) / 6;
  const variance = ((all + 1) * (4 * product * all - 3 * (n * n + m * m) - 2 * product)) / (45 * all * all * 4 * product);
  return { statistic, pValue: limitingSf(1 / 6 + (statistic - mean) / Math.sqrt(45 * variance)) };
}

/** P(W > w) of the limit: T. W. Anderson and D. A. Darling (1952), equation 1.3 of S. Csörgő and J. J. Faraway (1996). */
function limitingSf(w: number): number {
  if (w < 0.003) return 1;
  let cdf = 0;
  for (let k = 0; ; k++) {
    const odd = 4 * k + 1;
    const argument = (odd * odd) / (16 * w);
    const size = Math.exp(logGamma(k + 0.5) - logGamma(k + 1) - 2 * argument) / (Math.PI ** 1.5 * Math.sqrt(w));
    const term = size * Math.sqrt(odd) * scaledBesselK(0.25, argument);
    cdf += term;
    if (term <= cdf * 1e-17) return Math.max(0, 1 - cdf);
  }
}

/** e^x K_v(x) by the integral of DLMF 10.32.9 with the trapezoidal rule, which converges exponentially here. */
function scaledBesselK(v: number, x: number): number {
  const step = 1 / 64;
  let sum = 0.5;
  for (let i = 1; ; i++) {
    const t = i * step;
    const term = Math.exp(-x * (Math.cosh(t) - 1)) * Math.cosh(v * t);
    sum += term;
    if (term < 1e-18) return sum * step;
  }
}
