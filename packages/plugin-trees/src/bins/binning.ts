import type { TreeColumn } from "./columns.js";
import { cutsOf } from "./cuts.js";
import type { Sketched } from "./sketch.js";

/** How a column becomes bins: 0 ... bins - 1 for values, `bins` for missing values (of codes: missing or unseen ones). */
export type ColumnBins =
  | { readonly kind: "number"; readonly bins: number; /** bins - 1 thresholds, ascending. */ readonly thresholds: Float64Array }
  | { readonly kind: "category"; readonly bins: number; /** By code. */ readonly table: Uint8Array; /** Categories that share the last bin: 0, or at least 2. */ readonly shared: number };

/** Categories with a bin of their own at most; a byte holds the bin of missing ones too. */
const MOST_CATEGORIES = 254;

/** Bins of a code column, at most. */
export const mostBins = (categories: number): number => Math.min(MOST_CATEGORIES, Math.max(1, categories));

export function binColumns(columns: readonly TreeColumn[], sketched: readonly Sketched[], bins: number): readonly ColumnBins[] {
  return columns.map((_, index) => {
    const found = sketched[index]!;
    return "summary" in found ? numberBins(cutsOf(found.summary, bins)) : categoryBins(found.codes);
  });
}

function numberBins(thresholds: Float64Array): ColumnBins {
  return { kind: "number", bins: thresholds.length + 1, thresholds };
}

/** A bin per category; where there are too many, the lightest share the last one. `codes`: weight by code, missing and unseen last. */
function categoryBins(codes: Float64Array): ColumnBins {
  const count = codes.length - 2;
  const own = count <= MOST_CATEGORIES ? count : MOST_CATEGORIES - 1;
  const order = Array.from({ length: count }, (_, code) => code);
  if (own < count) order.sort((left, right) => codes[right]! - codes[left]! || left - right);
  const bins = mostBins(count);
  const table = new Uint8Array(codes.length).fill(bins);
  order.forEach((code, place) => (table[code] = Math.min(place, bins - 1)));
  return { kind: "category", bins, table, shared: count - own };
}
