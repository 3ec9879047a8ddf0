import { gammaUpperRegularized } from "./incomplete-gamma.js";

/** P(X > x) of the chi-squared distribution with `degrees` > 0 of freedom. Throws STATISTICS_DOMAIN. */
export function chiSquaredSf(x: number, degrees: number): number {
  return gammaUpperRegularized(degrees / 2, x / 2);
}
