import type { DuckDBVector } from "@duckdb/node-api";
import { type Column, MillraceError } from "@millrace/core";
import type { ColumnReader } from "./column-reader.js";
import { eachMissing, type RawVector, rawVector } from "./raw-vector.js";
import { exactly, FIRST_ROWS, roomFor } from "./room.js";

type Floats = Float32Array | Float64Array;

/** FLOAT and DOUBLE: missing is NaN, and every NaN has the same bits. */
export function floatReader(dtype: "float32" | "float64", capacity: number): ColumnReader {
  const make = (): Floats => (dtype === "float32" ? new Float32Array(0) : new Float64Array(0));
  let values = make();
  let first = FIRST_ROWS;
  let length = 0;
  return {
    add(vector, from, count) {
      const raw = rawVector(vector);
      values = roomFor(values, length, length + count, first, capacity);
      copyFloats(raw.items as Floats, from, count, values, length);
      const start = length;
      eachMissing(raw, from, count, (row) => (values[start + row] = NaN));
      length += count;
    },
    finish() {
      const column = { dtype, values: exactly(values, length) } as Column;
      values = make();
      first = Math.max(1, length);
      length = 0;
      return column;
    },
  };
}

/** Copies floats, giving each NaN the canonical bits. */
export function copyFloats(items: Floats, from: number, count: number, out: Floats, at: number): void {
  out.set(items.subarray(from, from + count), at);
  for (let i = at; i < at + count; i++) if (out[i] !== out[i]) out[i] = NaN;
}

type Whole = "int32" | "bool" | "int64" | "timestamp";

/** Writes rows [from, from + count) of a vector to `out` from `at` on; rows that are missing may become anything. */
export type Convert = (vector: RawVector, from: number, count: number, out: Int32Array | Uint8Array | BigInt64Array, at: number) => void;

/** Whole numbers, booleans and times: missing rows are 0 with a cleared bit of validity. Throws SOURCE_INT64_RANGE beyond 2^53. */
export function wholeReader(dtype: Whole, name: string, capacity: number, convert: Convert): ColumnReader {
  const make = () => (dtype === "int32" ? new Int32Array(0) : dtype === "bool" ? new Uint8Array(0) : new BigInt64Array(0));
  let values = make();
  let first = FIRST_ROWS;
  let validity: Uint8Array | null = null;
  let length = 0;
  let before = 0;
  const clear = (row: number): void => {
    validity ??= new Uint8Array((capacity + 7) >> 3).fill(255);
    validity[row >> 3]! &= ~(1 << (row & 7));
    if (values instanceof BigInt64Array) values[row] = 0n;
    else values[row] = 0;
  };
  return {
    add(vector: DuckDBVector, from: number, count: number) {
      const raw = rawVector(vector);
      values = roomFor(values, length, length + count, first, capacity);
      convert(raw, from, count, values, length);
      const start = length;
      eachMissing(raw, from, count, (row) => clear(start + row));
      if (values instanceof BigInt64Array) refuseUnsafe(values, start, count, dtype, name, before);
      length += count;
    },
    finish() {
      const column = { dtype, values: exactly(values, length), validity: trimmed(validity, length) } as Column;
      values = make();
      first = Math.max(1, length);
      validity = null;
      before += length;
      length = 0;
      return column;
    },
  };
}

/** The bitmap of the first `length` rows, the bits behind them cleared. */
function trimmed(validity: Uint8Array | null, length: number): Uint8Array | null {
  if (validity === null) return null;
  const bits = validity.slice(0, (length + 7) >> 3);
  if ((length & 7) !== 0) bits[bits.length - 1]! &= (1 << (length & 7)) - 1;
  return bits;
}

/** High words outside [-2^21, 2^21) are numbers outside [-2^53, 2^53). */
function refuseUnsafe(values: BigInt64Array, from: number, count: number, dtype: Whole, name: string, before: number): void {
  const words = new Int32Array(values.buffer);
  for (let row = from; row < from + count; row++) {
    const high = words[2 * row + 1]!;
    if (high >= -0x200000 && high < 0x200000) continue;
    const facts = { column: name, row: before + row, value: String(values[row]) };
    if (dtype === "timestamp")
      throw new MillraceError({
        code: "SOURCE_TIME_RANGE",
        message: `Row ${before + row} of column "${name}" holds a time beyond 2^53 milliseconds (infinity, or past the year 287,396).`,
        mend: `Replace such times in the data, or by SQL: nullif(${name}, 'infinity').`,
        facts,
      });
    throw new MillraceError({
      code: "SOURCE_INT64_RANGE",
      message: `Row ${before + row} of column "${name}" is ${values[row]}; whole numbers beyond 2^53 lose digits when they become numbers of a model.`,
      mend: `Declare the column as text: types: { ${JSON.stringify(name)}: "string" }, or CAST(${name} AS VARCHAR) in SQL.`,
      facts,
    });
  }
}

/** Integers of at most 32 bits (signed), and 64-bit integers as they are. */
export const copyIntegers: Convert = (vector, from, count, out, at) => {
  (out as Int32Array).set((vector.items as Int32Array).subarray(from, from + count), at);
};

/** UINTEGER as int64. */
export const widenUnsigned: Convert = (vector, from, count, out, at) => {
  const items = vector.items as Uint32Array;
  const words = new Uint32Array((out as BigInt64Array).buffer);
  for (let i = 0; i < count; i++) words[2 * (at + i)] = items[from + i]!;
};

export const copyBooleans: Convert = (vector, from, count, out, at) => {
  const bytes = new Uint8Array(vector.dataView.buffer, vector.dataView.byteOffset, vector.dataView.byteLength);
  for (let i = 0; i < count; i++) out[at + i] = bytes[from + i] === 0 ? 0 : 1;
};
