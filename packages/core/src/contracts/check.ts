import type { Field } from "./frame.js";
import type { Fold } from "./fold.js";
import type { Json } from "./json.js";

export interface Finding {
  readonly severity: "error" | "warning";
  readonly column: string | null;
  /** One sentence: what was found, with counts. */
  readonly message: string;
  /** Rows that break the expectation. */
  readonly rows: number;
  /** The first few of them (at most 10), as row number and value. */
  readonly examples: readonly { readonly row: number; readonly value: Json }[];
}

/** An expectation of the data. Frames hold all raw columns, `$row` (float64: the row's number in read order), `$part` (string: train, validation, test, dropped or unlabelled) and, where the model has a target, `$target`. */
export interface Check {
  /**
   * `candidates`: the raw columns that a model may learn from (not the target, weight, key, group or ignored ones).
   * Throws CHECK_COLUMN for a column that is not there.
   */
  fold(input: readonly Field[], candidates: readonly string[]): Fold<readonly Finding[]>;
}
