import { compareText } from "@millrace/core";

export interface CategoryLimits {
  readonly minCount: number;
  readonly maxCategories: number | null;
  readonly other: string | null;
}

/** The categories that were kept, and the one for the rest; null: nothing was left out, or nobody asked. */
export interface Chosen {
  readonly kept: readonly string[];
  readonly other: string | null;
}

/**
 * The categories to keep, sorted by `compare` (default: by code points): those seen at least `minCount` times, and of these the
 * `maxCategories` most frequent; of equally frequent ones those that stand first.
 */
export function chooseCategories(counts: ReadonlyMap<string, number>, { minCount, maxCategories, other }: CategoryLimits, compare = compareText): Chosen {
  const frequent = [...counts].filter(([, count]) => count >= minCount);
  if (maxCategories !== null && frequent.length > maxCategories) {
    frequent.sort(([a, countA], [b, countB]) => countB - countA || compare(a, b));
    frequent.length = maxCategories;
  }
  return { kept: frequent.map(([name]) => name).sort(compare), other: frequent.length < counts.size ? other : null };
}
