import type { Column, DType, Field, Frame } from "../../contracts/frame.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { numberColumn } from "../../frame/columns.js";
import { createFrame } from "../../frame/frame.js";
import { isMissing, toFloat64 } from "../../frame/missing.js";
import { parseTimestamp } from "../../frame/parse-timestamp.js";
import { textColumn } from "../../frame/text-column.js";
import { requireColumns } from "./numbered.js";
import type { RowPlace } from "./row-place.js";
import { classNames } from "./target.js";

/** What a column can be made. */
export const RETYPES: readonly DType[] = ["string", "float64", "float32", "int32", "int64", "bool", "timestamp"];

/** Columns as `columns.types` declares them; `place` tells where a row stands. Throws DATA_NO_COLUMN for columns that are not there, DATA_TYPE for a value that does not fit. */
export async function retype(frame: Frame, types: Readonly<Record<string, string>>, place: (row: number) => Promise<RowPlace>): Promise<Frame> {
  const wanted = Object.entries(types);
  if (wanted.length === 0) return frame;
  requireColumns(frame.fields, Object.fromEntries(wanted.map(([name]) => [`columns.types.${name}`, name])));
  const fields: Field[] = [];
  const columns: Column[] = [];
  for (const field of frame.fields) {
    const dtype = (types[field.name] as DType | undefined) ?? field.dtype;
    const column = frame.column(field.name);
    fields.push({ ...field, dtype });
    columns.push(dtype === field.dtype ? column : await converted(field.name, column, frame.length, dtype, place));
  }
  return createFrame(fields, columns, frame.length);
}

async function converted(name: string, column: Column, length: number, dtype: DType, place: (row: number) => Promise<RowPlace>): Promise<Column> {
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
  const wrong = column.codes.findIndex((code) => Number.isNaN(parsed[code] ?? 0));
  if (wrong >= 0) throw unfit(name, column.dictionary[column.codes[wrong]!]!, dtype, await place(wrong));
  return numberColumn(dtype as "float64", rows.map((row) => parsed[column.codes[row]!]!));
}

function unfit(column: string, value: string, dtype: DType, { text, partition, line }: RowPlace): MillraceError {
  return new MillraceError({
    code: "DATA_TYPE",
    message: `Column "${column}" holds "${value}" in ${text}, which is no ${dtype}.`,
    mend: `Clean it in the source, or drop columns.types.${column}.`,
    facts: { column, partition, line, value },
  });
}

function parse(text: string, dtype: DType): number {
  if (dtype === "timestamp") return parseTimestamp(text);
  if (dtype === "bool") return text === "true" ? 1 : text === "false" ? 0 : NaN;
  return text.trim() === "" ? NaN : Number(text);
}
