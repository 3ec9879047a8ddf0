import { midRanks } from "./ranks.js";

/** A code per row, 0 where missing, and the ranks of numbers (NaN where missing); null for texts. */
export interface Binned {
  readonly codes: Int32Array;
  readonly size: number;
  readonly order: Float64Array | null;
}

/** Up to 64 bins of as many rows each, equal values together; fewer where the rows are few. */
export function binsOfNumbers(values: Float64Array): Binned {
  const present = values.filter((value) => !Number.isNaN(value));
  const bins = Math.max(1, Math.min(64, Math.floor(Math.sqrt(present.length) / 2)));
  const ranks = midRanks(present);
  const order = new Float64Array(values.length).fill(NaN);
  const codes = new Int32Array(values.length);
  for (let row = 0, at = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    order[row] = ranks[at]!;
    codes[row] = 1 + Math.min(bins - 1, Math.floor(((ranks[at]! - 0.5) / present.length) * bins));
    at++;
  }
  return { codes, size: bins + 1, order };
}

export function binsOfTexts(values: readonly string[]): Binned {
  const known = new Map([["", 0]]);
  const codes = Int32Array.from(values, (text) => {
    const code = known.get(text) ?? known.size;
    known.set(text, code);
    return code;
  });
  return { codes, size: known.size, order: null };
}
