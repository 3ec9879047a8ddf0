import { requireArgument } from "./domain.js";
import { normalQuantile } from "./normal.js";
import { studentTQuantile } from "./student-t.js";

/**
 * Half the width of a two-sided interval: Student's t where the error has degrees of freedom, normal where it has none. `confidence` in
 * (0, 1), e.g. 0.95. Throws STATISTICS_DOMAIN.
 */
export function errorMargin(standardError: number, degreesOfFreedom: number | undefined, confidence: number): number {
  requireArgument("confidence", confidence, confidence > 0 && confidence < 1, "in (0, 1)");
  const p = 0.5 + confidence / 2;
  return standardError * (degreesOfFreedom === undefined ? normalQuantile(p) : studentTQuantile(p, degreesOfFreedom));
}
