import type { Remark } from "@millrace/core";
import type { ColumnBins } from "../bins/binning.js";
import type { TreeColumn } from "../bins/columns.js";
import { doubtOfClassWeights } from "../boost/class-weights.js";

/** What a reader must know of the model. */
export function remarksOf(columns: readonly TreeColumn[], bins: readonly ColumnBins[], factors: ReadonlyMap<string, number> | null): readonly Remark[] {
  const shared = columns.flatMap(({ feature, categories }, index): readonly Remark[] => {
    const column = bins[index]!;
    if (column.kind === "number" || column.shared === 0) return [];
    return [{ about: "training", sentence: `The rarest ${column.shared.toLocaleString("en-US")} of the ${categories!.length.toLocaleString("en-US")} categories of \`${feature}\` are one to the trees.` }];
  });
  return factors === null ? shared : [...shared, doubtOfClassWeights(factors)];
}
