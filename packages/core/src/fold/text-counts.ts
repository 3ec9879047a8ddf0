import type { Fold } from "../contracts/fold.js";
import type { TextColumn } from "../frame/text-column.js";
import { sortTexts } from "../frame/text-order.js";
import { toFloat64 } from "../frame/missing.js";

export interface TextCounts {
  /** Rows (or the sum of their weights) by text, in code point order; without the missing. */
  readonly counts: ReadonlyMap<string, number>;
  readonly missing: number;
}

interface Partial {
  readonly counts: Map<string, number>;
  missing: number;
}

/**
 * How often each text of a column occurs. A batch is counted by code first, so a row costs an addition and a distinct text of a batch
 * a look-up.
 * @param weight name of the column of weights; null: each row weighs 1.
 */
export function textCounts(column: string, weight: string | null = null): Fold<TextCounts, Partial> {
  return {
    start: () => ({ counts: new Map(), missing: 0 }),
    add(partial, batch) {
      const { codes, dictionary } = batch.column(column) as TextColumn;
      const totals = countCodes(codes, dictionary.length, weight === null ? null : toFloat64(batch.column(weight)));
      partial.missing += totals[0]!;
      for (let code = 1; code < totals.length; code++) if (totals[code] !== 0) partial.counts.set(dictionary[code]!, (partial.counts.get(dictionary[code]!) ?? 0) + totals[code]!);
      return partial;
    },
    merge(left, right) {
      left.missing += right.missing;
      for (const [text, count] of right.counts) left.counts.set(text, (left.counts.get(text) ?? 0) + count);
      return left;
    },
    finish: ({ counts, missing }) => ({ counts: new Map(sortTexts(counts.keys()).map((text) => [text, counts.get(text)!])), missing }),
  };
}

/** Rows, or their weights, per code; index 0 is the missing. */
export function countCodes(codes: Int32Array, size: number, weights: Float64Array | null = null): Float64Array {
  const totals = new Float64Array(size);
  if (weights === null) for (let i = 0; i < codes.length; i++) totals[codes[i]!]!++;
  else for (let i = 0; i < codes.length; i++) totals[codes[i]!]! += weights[i]!;
  return totals;
}
