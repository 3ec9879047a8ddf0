import type { Fold } from "../contracts/fold.js";
import { toFloat64 } from "../frame/missing.js";

/** Distinct values that are counted; beyond, it is only known that there are more. */
export const MOST_DISTINCT = 65_536;

interface Partial {
  values: Map<string, number> | null;
}

/** How many distinct finite values a numeric column has; null: more than `most`. -0 is 0. */
export function distinctNumbers(column: string, most = MOST_DISTINCT): Fold<number | null, Partial> {
  return {
    start: () => ({ values: new Map() }),
    add(partial, batch) {
      if (partial.values === null) return partial;
      const here = new Set<number>();
      for (const value of toFloat64(batch.column(column))) {
        if (value - value === 0) here.add(value + 0);
        if (here.size > most) break;
      }
      for (const value of here) partial.values.set(String(value), 1);
      return bounded(partial, most);
    },
    merge(left, right) {
      if (left.values === null || right.values === null) return { values: null };
      for (const value of right.values.keys()) left.values.set(value, 1);
      return bounded(left, most);
    },
    finish: ({ values }) => values?.size ?? null,
  };
}

function bounded(partial: Partial, most: number): Partial {
  if (partial.values !== null && partial.values.size > most) partial.values = null;
  return partial;
}
