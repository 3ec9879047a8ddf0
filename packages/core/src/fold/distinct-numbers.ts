import type { Fold } from "../contracts/fold.js";
import { toFloat64 } from "../frame/missing.js";
import { numberSet } from "./number-set.js";

/** Distinct values that are counted; beyond, it is only known that there are more. */
export const MOST_DISTINCT = 65_536;

interface Partial {
  /** Sorted; null: too many. */
  values: Float64Array | null;
}

/** How many distinct finite values a numeric column has; null: more than `most`. -0 is 0. */
export function distinctNumbers(column: string, most = MOST_DISTINCT): Fold<number | null, Partial> {
  const set = numberSet(most);
  return {
    start: () => ({ values: new Float64Array(0) }),
    add(partial, batch) {
      if (partial.values === null) return partial;
      set.clear(batch.length);
      for (const value of toFloat64(batch.column(column))) if (value - value === 0 && !set.add(value + 0)) return { values: null };
      return bounded(union(partial.values, set.sorted()), most);
    },
    merge: (left, right) => (left.values === null || right.values === null ? { values: null } : bounded(union(left.values, right.values), most)),
    finish: ({ values }) => values?.length ?? null,
  };
}

function bounded(values: Float64Array, most: number): Partial {
  return { values: values.length > most ? null : values };
}

/** Of two sorted lists without repeats. */
function union(left: Float64Array, right: Float64Array): Float64Array {
  if (left.length === 0) return right;
  const all = new Float64Array(left.length + right.length);
  let [length, i, j] = [0, 0, 0];
  while (i < left.length || j < right.length) {
    const [x, y] = [i < left.length ? left[i]! : Infinity, j < right.length ? right[j]! : Infinity];
    all[length++] = Math.min(x, y);
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return all.slice(0, length);
}
