import type { DuckDBArrayVector, DuckDBListVector, DuckDBVector } from "@duckdb/node-api";
import { type Column, MillraceError } from "@millrace/core";
import type { ColumnReader } from "./column-reader.js";
import { copyFloats } from "./number-reader.js";
import { eachMissing, rawVector } from "./raw-vector.js";
import { exactly, FIRST_ROWS, roomFor } from "./room.js";

type Floats = Float32Array | Float64Array;

/** Lists and arrays of floats as vectors of `width` values; a missing row is all NaN. Throws SOURCE_LIST_LENGTH for a row of another length. */
export function listReader(dtype: "float32" | "float64", name: string, width: number, capacity: number): ColumnReader {
  const make = (): Floats => (dtype === "float32" ? new Float32Array(0) : new Float64Array(0));
  let values = make();
  let first = FIRST_ROWS;
  let length = 0;
  let before = 0;
  return {
    add(vector, from, count) {
      values = roomFor(values, length * width, (length + count) * width, first * width, capacity * width);
      const missing = new Set<number>();
      eachMissing(rawVector(vector), from, count, (row) => missing.add(row));
      const lists = "getEntryOffset" in vector ? (vector as DuckDBListVector) : null;
      const child: DuckDBVector = lists?.childVector ?? rawVector(vector as DuckDBArrayVector).childData;
      for (let row = 0; row < count; row++) {
        const at = (length + row) * width;
        if (missing.has(row)) {
          values.fill(NaN, at, at + width);
          continue;
        }
        const found = lists?.getEntryLength(from + row) ?? width;
        if (found !== width) throw otherLength(name, before + length + row, found, width);
        const start = lists?.getEntryOffset(from + row) ?? (from + row) * width;
        copyFloats(rawVector(child).items as Floats, start, width, values, at);
        eachMissing(rawVector(child), start, width, (value) => (values[at + value] = NaN));
      }
      length += count;
    },
    finish() {
      const column = { dtype, values: exactly(values, length * width) } as Column;
      values = make();
      first = Math.max(1, length);
      before += length;
      length = 0;
      return column;
    },
  };
}

function otherLength(name: string, row: number, found: number, width: number): MillraceError {
  return new MillraceError({
    code: "SOURCE_LIST_LENGTH",
    message: `Row ${row} of column "${name}" is a list of ${found} numbers; the first list has ${width}.`,
    mend: `Give every list of "${name}" one length, or leave the column out.`,
    facts: { column: name, row },
  });
}
