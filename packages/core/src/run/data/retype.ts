import type { Column, DType, Field, Frame } from "../../contracts/frame.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { numberColumn } from "../../frame/columns.js";
import { createFrame } from "../../frame/frame.js";
import { isMissing, toFloat64 } from "../../frame/missing.js";
import { parseTimestamp } from "../../frame/parse-timestamp.js";
import { textColumn } from "../../frame/text-column.js";
import { requireColumns } from "./numbered.js";
import { classNames } from "./target.js";

/** What a column can be made. */
export const RETYPES: readonly DType[] = ["string", "float64", "float32", "int32", "int64", "bool", "timestamp"];

/** Columns as `columns.types` declares them. Throws DATA_NO_COLUMN for columns that are not there, DATA_TYPE for a value that does not fit. */
export function retype(frame: Frame, types: Readonly<Record<string, string>>): Frame {
  const wanted = Object.entries(types);
  if (wanted.length === 0) return frame;
  requireColumns(frame.fields, Object.fromEntries(wanted.map(([name]) => [`columns.types.${name}`, name])));
  const retyped = frame.fields.map((field): readonly [Field, Column] => {
    const dtype = types[field.name] as DType | undefined;
    const column = frame.column(field.name);
    if (dtype === undefined || dtype === field.dtype) return [field, column];
    return [{ ...field, dtype }, converted(field.name, column, frame.length, dtype)];
  });
  return createFrame(retyped.map(([field]) => field), retyped.map(([, column]) => column), frame.length);
}

function converted(name: string, column: Column, length: number, dtype: DType): Column {
  if (!RETYPES.includes(dtype))
    throw new MillraceError({ code: "DATA_TYPE", message: `columns.types.${name}: "${dtype}" is no type.`, mend: `Use one of: ${RETYPES.join(", ")}.` });
  const rows = Array.from({ length }, (_, row) => row);
  if (dtype === "string") {
    const text = classNames(column);
    return textColumn(rows.map((row) => (isMissing(column, row) ? null : text(row))));
  }
  if (column.dtype !== "string") {
    const numbers = toFloat64(column);
    return numberColumn(dtype as "float64", Array.from(numbers, (number) => (Number.isNaN(number) ? null : number)));
  }
  const parsed = column.dictionary.map((text) => (text === "" ? null : parse(text, dtype)));
  return numberColumn(dtype as "float64", rows.map((row) => {
    const value = parsed[column.codes[row]!]!;
    if (value !== null && Number.isNaN(value))
      throw new MillraceError({ code: "DATA_TYPE", message: `Column "${name}", row ${row}: "${column.dictionary[column.codes[row]!]}" is no ${dtype}.`, mend: `Clean it in the source, or drop columns.types.${name}.`, facts: { column: name, row, value: column.dictionary[column.codes[row]!]! } });
    return value;
  }));
}

function parse(text: string, dtype: DType): number {
  if (dtype === "timestamp") return parseTimestamp(text);
  if (dtype === "bool") return text === "true" ? 1 : text === "false" ? 0 : NaN;
  return text.trim() === "" ? NaN : Number(text);
}
