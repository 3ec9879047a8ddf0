import type { Remark } from "@millrace/core";
import type { StateColumn, TreesState } from "./state.js";

const MOST_SHOWN = 20;

/** By feature, its share of what all splits lowered the training loss by (L. Breiman et al., "Classification and Regression Trees", 1984), greatest first. Empty where nothing was split. */
export function importanceByGain(columns: readonly StateColumn[], forest: TreesState["forest"]): readonly (readonly [feature: string, share: number])[] {
  const gains = new Map<string, number>();
  let total = 0;
  forest.column.forEach((column, node) => {
    if (column < 0) return;
    const { feature } = columns[column]!;
    gains.set(feature, (gains.get(feature) ?? 0) + forest.gain[node]!);
    total += forest.gain[node]!;
  });
  return [...gains].map(([feature, gain]) => [feature, gain / total] as const).sort((one, other) => other[1] - one[1]);
}

/** The same as a sentence of the model's card. */
export function importanceRemark(columns: readonly StateColumn[], forest: TreesState["forest"]): readonly Remark[] {
  const shares = importanceByGain(columns, forest);
  if (shares.length === 0) return [];
  const shown = shares.slice(0, MOST_SHOWN).map(([feature, share]) => `\`${feature}\` ${(100 * share).toFixed(1)} %`);
  const rest = shares.length - shown.length;
  return [{ about: "importance", sentence: `By gain, the share of a feature in what all splits lowered the training loss by: ${shown.join(", ")}${rest > 0 ? `, and ${rest} more` : ""}.` }];
}
