import { requireArgument } from "./domain.js";
import { normalSf } from "./normal.js";
import type { TestResult } from "./test-result.js";

/**
 * The two-sided z test that two shares k1/n1 and k2/n2 are equal. `pooled` (default true): one variance for both under the hypothesis, else
 * each its own. Throws STATISTICS_DOMAIN.
 */
export function twoProportionZ(k1: number, n1: number, k2: number, n2: number, pooled = true): TestResult {
  requireArgument("n1", n1, n1 > 0 && n1 < Infinity, "above 0");
  requireArgument("n2", n2, n2 > 0 && n2 < Infinity, "above 0");
  requireArgument("k1", k1, k1 >= 0 && k1 <= n1, "between 0 and n1");
  requireArgument("k2", k2, k2 >= 0 && k2 <= n2, "between 0 and n2");
  const [p1, p2, both] = [k1 / n1, k2 / n2, (k1 + k2) / (n1 + n2)];
  const variance = pooled ? both * (1 - both) * (1 / n1 + 1 / n2) : (p1 * (1 - p1)) / n1 + (p2 * (1 - p2)) / n2;
  const statistic = p1 === p2 ? 0 : (p1 - p2) / Math.sqrt(variance);
  return { statistic, pValue: 2 * normalSf(Math.abs(statistic)) };
}
