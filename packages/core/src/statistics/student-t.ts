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

/** The quantile of Student's t distribution, by halving where it can lie until no number is between. `p` in [0, 1], `degrees` > 0; throws STATISTICS_DOMAIN. */
export function studentTQuantile(p: number, degrees: number): number {
  requireArgument("p", p, p >= 0 && p <= 1, "in [0, 1]");
  requireArgument("degrees", degrees, degrees > 0, "above 0");
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  if (tail === 0) return p < 0.5 ? -Infinity : Infinity;
  let [low, high] = [0, 1];
  while (studentTSf(high, degrees) > tail) [low, high] = [high, high * 2];
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (studentTSf(middle, degrees) > tail) low = middle;
    else high = middle;
  }
  return p < 0.5 ? -high : high;
}
