import { requireArgument } from "./domain.js";
import { betaTail } from "./incomplete-beta.js";

/** P(T > t) of Student's t distribution with `degrees` > 0 of freedom, which need not be whole. Throws STATISTICS_DOMAIN. */
export function studentTSf(t: number, degrees: number): number {
  requireArgument("degrees", degrees, degrees > 0, "above 0");
  requireArgument("t", t, !Number.isNaN(t), "a number");
  // DLMF 8.17(vii): I_{v/(v+t²)}(v/2, 1/2) is the two-sided tail.
  const square = t * t;
  const tail = square === Infinity ? 0 : betaTail(degrees / 2, 0.5, degrees / (degrees + square), square / (degrees + square)) / 2;
  return t > 0 ? tail : 1 - tail;
}
