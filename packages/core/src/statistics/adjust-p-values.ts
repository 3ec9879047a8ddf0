import { requireArgument } from "./domain.js";

/**
 * p-values adjusted for many tests, in the order given. `bonferroni`: family-wise; `benjamini-hochberg` (1995): false discovery rate of
 * independent tests; `benjamini-yekutieli` (2001): of any tests. Throws STATISTICS_DOMAIN.
 */
export function adjustPValues(pValues: readonly number[], method: "bonferroni" | "benjamini-hochberg" | "benjamini-yekutieli"): readonly number[] {
  for (const p of pValues) requireArgument("A p-value", p, p >= 0 && p <= 1, "in [0, 1]");
  const n = pValues.length;
  if (method === "bonferroni") return pValues.map((p) => Math.min(1, p * n));
  const factor = method === "benjamini-yekutieli" ? pValues.reduce((sum, _, i) => sum + 1 / (i + 1), 0) : 1;
  const descending = pValues.map((_, i) => i).sort((left, right) => pValues[right]! - pValues[left]!);
  const adjusted = [...pValues];
  let least = 1;
  descending.forEach((index, i) => {
    least = Math.min(least, (pValues[index]! * n * factor) / (n - i));
    adjusted[index] = least;
  });
  return adjusted;
}
