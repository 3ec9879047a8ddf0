import { defineFold, distribution, fuse, type Distribution, type Fold } from "@millrace/core";

/** The distributions of several columns in one pass, what `finish` makes of them. */
export function distributionsOf<State>(columns: readonly string[], finish: (distributions: readonly Distribution[]) => State): Fold<State> {
  const fused = fuse(Object.fromEntries(columns.map((column, index) => [String(index), distribution(column)])));
  return defineFold({ ...fused, finish: (partial) => finish(Object.values(fused.finish(partial))) });
}
