import type { Column, Field, Frame } from "../contracts/frame.js";
import type { Json } from "../contracts/json.js";
import { MillraceError } from "../errors/millrace-error.js";
import { bytesColumn, numberColumn } from "./columns.js";
import { createFrame, widthOf } from "./frame.js";
import { isMissing } from "./missing.js";
import { parseTimestamp } from "./parse-timestamp.js";
import { sparseColumn, type SparseColumn, type SparseRow } from "./sparse-column.js";
import { textColumn } from "./text-column.js";

/** One row; a member that is undefined is absent. */
export type Row = Readonly<Record<string, Json | undefined>>;

/**
 * JSON rows as a frame: the one reader, for serving, prediction and tests alike. null, an absent key and NaN are missing; keys that are
 * no field are ignored; timestamps are epoch milliseconds or ISO 8601 texts, bytes base64, vectors arrays, sparse ones objects of what is not 0 by place.
 * Throws FRAME_VALUE, naming row, column, value and what is allowed, and FRAME_NUL.
 */
export function fromRows(fields: readonly Field[], rows: readonly Row[]): Frame {
  return createFrame(fields, fields.map((field) => readColumn(field, rows)), rows.length);
}

/** A frame as JSON rows that `fromRows` reads back: null where missing, timestamps as ISO 8601 texts in UTC. */
export function toRows(frame: Frame): Record<string, Json>[] {
  const rows = Array.from({ length: frame.length }, (): Record<string, Json> => ({}));
  for (const field of frame.fields) {
    const column = frame.column(field.name);
    // Assigning to this one name would set the row's prototype.
    if (field.name === "__proto__") for (const row of rows) Object.defineProperty(row, field.name, { value: null, writable: true, enumerable: true, configurable: true });
    for (let row = 0; row < rows.length; row++) rows[row]![field.name] = field.shape?.length && column.dtype !== "sparse" ? vectorAt(column, row, widthOf(field)) : valueAt(column, row);
  }
  return rows;
}

/** One scalar as JSON; null where missing. */
export function valueAt(column: Column, row: number): Json {
  if (isMissing(column, row)) return null;
  if (column.dtype === "string") return column.dictionary[column.codes[row]!]!;
  if (column.dtype === "bytes") return Buffer.from(column.values[row]!).toString("base64");
  if (column.dtype === "sparse") return entriesAt(column, row);
  return numberAt(column, row);
}

function entriesAt({ starts, places, numbers }: SparseColumn, row: number): Json {
  return Object.fromEntries(Array.from(places.subarray(starts[row], starts[row + 1]), (place, k) => [place, numbers[starts[row]! + k]!]));
}

function numberAt(column: Exclude<Column, { dtype: "string" | "bytes" | "sparse" }>, at: number): Json {
  const value = Number(column.values[at]);
  if (column.dtype === "bool") return value === 1;
  return column.dtype === "timestamp" && Math.abs(value) <= GREATEST_DATE ? new Date(value).toISOString() : value;
}

function vectorAt(column: Column, row: number, width: number): Json {
  if (column.dtype === "string" || column.dtype === "bytes" || column.dtype === "sparse" || ("validity" in column && isMissing(column, row))) return null;
  return Array.from({ length: width }, (_, k) => {
    const value = numberAt(column, row * width + k);
    return Number.isNaN(value) ? null : value;
  });
}

function readColumn(field: Field, rows: readonly Row[]): Column {
  const { name, dtype } = field;
  if (dtype === "sparse") return sparseColumn(rows.map((row, index) => readEntries(field, present(field, row, index), index)));
  if (field.shape !== null && field.shape.length > 0) return readVectors(field, rows);
  if (dtype === "string") return textColumn(texts(field, rows), name);
  if (dtype === "bytes") return bytesColumn(rows.map((row, index) => base64(field, present(field, row, index), index)));
  const read = dtype === "bool" ? readBool : dtype === "timestamp" ? readTimestamp : readNumber;
  const values = Array.from<number | null>({ length: rows.length });
  for (let index = 0; index < rows.length; index++) values[index] = read(field, present(field, rows[index]!, index), index);
  return numberColumn(dtype, values, { name });
}

function* texts(field: Field, rows: readonly Row[]): Iterable<string | null> {
  for (let index = 0; index < rows.length; index++) {
    const value = present(field, rows[index]!, index);
    if (value !== null && typeof value !== "string") throw refuse(field, value, index, "a text or null");
    yield value === "" && !field.nullable ? missing(field, index) : value;
  }
}

function readNumber(field: Field, value: Json, index: number): number | null {
  if (value === null || typeof value === "number") return value;
  throw refuse(field, value, index, "a number or null");
}

function readBool(field: Field, value: Json, index: number): number | null {
  if (value === null || typeof value === "boolean") return value === null ? null : Number(value);
  throw refuse(field, value, index, "true, false or null");
}

function readTimestamp(field: Field, value: Json, index: number): number | null {
  if (value === null || typeof value === "number") return value;
  const time = typeof value === "string" ? parseTimestamp(value) : NaN;
  if (Number.isNaN(time)) throw refuse(field, value, index, "epoch milliseconds, an ISO 8601 text such as 2001-06-30T23:59:00Z (UTC where it names no zone), or null");
  return time;
}

function base64(field: Field, value: Json, index: number): Uint8Array | null {
  if (value === null) return null;
  if (typeof value !== "string" || !BASE64.test(value)) throw refuse(field, value, index, "a base64 text or null");
  return Buffer.from(value, "base64");
}

function readVectors(field: Field, rows: readonly Row[]): Column {
  const width = widthOf(field);
  if (field.dtype === "string" || field.dtype === "bytes" || field.dtype === "sparse") throw new TypeError(`There are no vectors of ${field.dtype}.`);
  const values = Array.from<number | null>({ length: rows.length * width }).fill(null);
  rows.forEach((row, index) => {
    const vector = present(field, row, index);
    if (vector === null) return;
    if (!Array.isArray(vector) || vector.length !== width || vector.some((value) => value !== null && typeof value !== "number" && typeof value !== "boolean"))
      throw refuse(field, vector, index, `an array of ${width} numbers, or null`);
    vector.forEach((value, k) => (values[index * width + k] = value as number | null));
  });
  return numberColumn(field.dtype, values, { name: field.name, width });
}

function readEntries(field: Field, value: Json, index: number): SparseRow {
  const width = widthOf(field);
  const entries = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value as Readonly<Record<string, Json>>) : null;
  const isEntry = ([place, number]: readonly [string, Json]): boolean => PLACE.test(place) && Number(place) < width && typeof number === "number" && Number.isFinite(number);
  if (value !== null && entries?.every(isEntry) !== true) throw refuse(field, value, index, `an object of numbers by place, 0 to ${width - 1}, or null`);
  return (entries ?? []).map(([place, number]) => [Number(place), number as number]);
}

function present(field: Field, row: Row, index: number): Json {
  // What every object inherits (constructor, toString) is no member of the row.
  const value = field.name in Object.prototype && !Object.hasOwn(row, field.name) ? undefined : row[field.name];
  if (value !== null && value !== undefined) return value;
  return field.nullable ? null : missing(field, index);
}

function missing(field: Field, index: number): never {
  throw new MillraceError({
    code: "FRAME_VALUE",
    message: `Row ${index} has no value for "${field.name}", which is never missing.`,
    mend: `Give "${field.name}" a ${field.dtype}.`,
    facts: { column: field.name, row: index },
  });
}

function refuse(field: Field, value: Json, index: number, allowed: string): MillraceError {
  const shown = JSON.stringify(value)?.slice(0, 80);
  return new MillraceError({
    code: "FRAME_VALUE",
    message: `Row ${index} of column "${field.name}" is ${shown}; allowed is ${allowed}.`,
    mend: `Give "${field.name}" (${field.dtype}) ${allowed}.`,
    facts: { column: field.name, row: index, value: shown },
  });
}

const PLACE = /^(0|[1-9][0-9]{0,7})$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const GREATEST_DATE = 8.64e15;
