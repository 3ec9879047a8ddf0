import type { Margins } from "./confusion-matrix.js";
import type { Scored } from "./decision-metric.js";

/** The weight on the diagonal over all. */
export function shareOfHits({ trace, total }: Margins): Scored {
  const value = trace / total;
  return { value, gradient: (actual, predicted) => ((actual === predicted ? 1 : 0) - value) / total };
}
