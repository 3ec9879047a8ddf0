import type { Fold } from "../contracts/fold.js";
import type { Column } from "../contracts/frame.js";
import { hasBit } from "../frame/bits.js";
import { sortTexts } from "../frame/text-order.js";
import { MOST_DISTINCT } from "./distinct-numbers.js";
import { countCodes } from "./text-counts.js";

export interface DistinctTexts {
  readonly rows: number;
  readonly missing: number;
  /** Null: more than were counted. */
  readonly distinct: number | null;
  /** Rows by text, in code point order; null where there are more texts than are counted. */
  readonly counts: ReadonlyMap<string, number> | null;
  /** Characters (UTF-16 units) of the shortest and the longest text; null where there is none. */
  readonly lengths: readonly [number, number] | null;
}

interface Partial {
  rows: number;
  missing: number;
  counts: Map<string, number> | null;
  shortest: number;
  longest: number;
}

/** How often each text of a text or bool column occurs, for at most `most` texts: a column of names or ids does not fill the memory. */
export function distinctTexts(column: string, most = MOST_DISTINCT): Fold<DistinctTexts, Partial> {
  return {
    start: () => ({ rows: 0, missing: 0, counts: new Map(), shortest: Infinity, longest: 0 }),
    add(partial, batch) {
      const { dictionary, totals } = occurrences(batch.column(column), batch.length);
      partial.rows += batch.length;
      partial.missing += totals[0]!;
      for (let code = 1; code < dictionary.length; code++) {
        if (totals[code] === 0) continue;
        const text = dictionary[code]!;
        partial.shortest = Math.min(partial.shortest, text.length);
        partial.longest = Math.max(partial.longest, text.length);
        partial.counts?.set(text, (partial.counts.get(text) ?? 0) + totals[code]!);
      }
      return bounded(partial, most);
    },
    merge(left, right) {
      left.rows += right.rows;
      left.missing += right.missing;
      left.shortest = Math.min(left.shortest, right.shortest);
      left.longest = Math.max(left.longest, right.longest);
      if (right.counts === null) left.counts = null;
      else for (const [text, rows] of right.counts) left.counts?.set(text, (left.counts.get(text) ?? 0) + rows);
      return bounded(left, most);
    },
    finish: ({ rows, missing, counts, shortest, longest }) => ({
      rows, missing, distinct: counts?.size ?? null, lengths: longest === 0 ? null : [shortest, longest],
      counts: counts === null ? null : new Map(sortTexts(counts.keys()).map((text) => [text, counts.get(text)!])),
    }),
  };
}

function bounded(partial: Partial, most: number): Partial {
  if (partial.counts !== null && partial.counts.size > most) partial.counts = null;
  return partial;
}

/** Rows by code; code 0 is missing. */
function occurrences(column: Column, length: number): { readonly dictionary: readonly string[]; readonly totals: ArrayLike<number> } {
  if (column.dtype === "string") return { dictionary: column.dictionary, totals: countCodes(column.codes, column.dictionary.length) };
  if (column.dtype !== "bool") throw new TypeError(`A ${column.dtype} column has no texts.`);
  const totals = [0, 0, 0];
  for (let row = 0; row < length; row++) totals[column.validity !== null && !hasBit(column.validity, row) ? 0 : column.values[row] === 1 ? 2 : 1]!++;
  return { dictionary: ["", "false", "true"], totals };
}
