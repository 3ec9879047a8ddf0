import { requireSample } from "./domain.js";
import { studentTSf } from "./student-t.js";
import type { TestResult } from "./test-result.js";

/**
 * The two-sided t test for unequal variances: B. L. Welch, "The generalization of Student's problem ..." (1947). Each sample needs two
 * values; where both are constant the statistic is 0 or infinite. Throws STATISTICS_DOMAIN.
 */
export function welchT(x: ArrayLike<number>, y: ArrayLike<number>): TestResult & { readonly degrees: number } {
  const left = moments("x", x);
  const right = moments("y", y);
  const squared = left.variance + right.variance;
  const difference = left.mean - right.mean;
  if (squared === 0) return { statistic: difference === 0 ? 0 : difference * Infinity, pValue: difference === 0 ? 1 : 0, degrees: left.count + right.count - 2 };
  const degrees = squared ** 2 / (left.variance ** 2 / (left.count - 1) + right.variance ** 2 / (right.count - 1));
  const statistic = difference / Math.sqrt(squared);
  return { statistic, pValue: 2 * studentTSf(Math.abs(statistic), degrees), degrees };
}

/** The mean and its variance. */
function moments(name: string, values: ArrayLike<number>): { readonly count: number; readonly mean: number; readonly variance: number } {
  requireSample(name, values, 2);
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (values[i]! - mean) ** 2;
  return { count, mean, variance: squares / (count - 1) / count };
}
