import type { Column, DType, Field, Frame } from "../contracts/frame.js";
import { MillraceError } from "../errors/millrace-error.js";
import { suggest } from "../errors/nearest.js";

/** A frame of columns by field; the columns must already be canonical (see Column). Throws FRAME_LENGTH where lengths differ. */
export function createFrame(fields: readonly Field[], columns: readonly Column[], length: number): Frame {
  const byName = new Map<string, Column>();
  fields.forEach((field, index) => {
    const column = columns[index]!;
    if (rowsOf(column, field) !== length || column.dtype !== field.dtype)
      throw new MillraceError({
        code: "FRAME_LENGTH",
        message: `Column "${field.name}" is ${column.dtype} with ${rowsOf(column, field)} rows; the frame has ${length} rows, and the field is ${field.dtype}.`,
        mend: "Give every column of a frame the frame's length and its field's dtype.",
      });
    byName.set(field.name, column);
  });
  return {
    fields,
    length,
    column(name) {
      const column = byName.get(name);
      if (column === undefined)
        throw new MillraceError({ code: "FRAME_NO_COLUMN", message: `There is no column "${name}".`, mend: suggest(name, byName.keys()), facts: { column: name } });
      return column;
    },
  };
}

/** A field with the common defaults: nullable scalar without categories. */
export function field(name: string, dtype: DType, more: Partial<Omit<Field, "name" | "dtype">> = {}): Field {
  return { name, dtype, nullable: true, shape: [], categories: null, ...more };
}

/** Values per row: 1 for a scalar. */
export function widthOf(field: Field): number {
  return (field.shape ?? []).reduce((product, size) => product * size, 1);
}

function rowsOf(column: Column, field: Field): number {
  if (column.dtype === "string") return column.codes.length;
  if (column.dtype === "sparse") return column.starts.length - 1;
  const width = widthOf(field);
  return width === 0 ? 0 : column.values.length / width;
}
