import type { Column, Field } from "@millrace/core";

/** A text or category column as codes, with a name for each code; null: missing or unseen, nothing is learnt from it. */
export interface Levels {
  readonly codes: Int32Array;
  readonly names: readonly (string | null)[];
}

/** No row is touched: the codes of the column are used as they are. */
export function levelsOf(column: Column, field: Field): Levels {
  if (column.dtype === "string") return { codes: column.codes, names: [null, ...column.dictionary.slice(1)] };
  if (column.dtype === "int32" && field.categories !== null) return { codes: column.values, names: [...field.categories, null, null] };
  throw new TypeError(`Column "${field.name}" is ${column.dtype}: no text and no category.`);
}
