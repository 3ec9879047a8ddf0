import type { Fold } from "../contracts/fold.js";

/** Identity that infers the partial's type from `start`. */
export function defineFold<Partial, Result>(fold: Fold<Result, Partial>): Fold<Result, Partial> {
  return fold;
}
