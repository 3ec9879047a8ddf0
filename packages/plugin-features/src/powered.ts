import type { Arithmetic, Value } from "@millrace/core";
import { expm1 } from "./log1p.js";

/** (e^(lambda * t) - 1) / lambda, which is t where lambda is 0; by expm1, near 0 too. `mirrors`: of t below 0 it is that of its mirror image with 2 - lambda, below 0. Written over `into`. */
export function powered(logs: Float64Array, lambda: number, mirrors: boolean, into: Float64Array): Float64Array {
  const [above, below] = [awayFromZero(lambda), awayFromZero(2 - lambda)];
  for (let i = 0; i < logs.length; i++) {
    const t = logs[i]!;
    into[i] = t < 0 && mirrors ? -Math.expm1(below * -t) / below : Math.expm1(above * t) / above;
  }
  return into;
}

/** So near to 0 that the limit is met to 1e-11, and no quotient is 0 / 0. */
export function awayFromZero(lambda: number): number {
  return Math.abs(lambda) < 1e-12 ? 1e-12 : lambda;
}

/** The same in a graph, of each column with its own power. */
export function lowerPowered(t: Value, lambdas: Float64Array, math: Arithmetic): Value {
  const factors = math.row(lambdas.map(awayFromZero));
  return math.div(expm1(math.mul(t, factors), math), factors);
}
