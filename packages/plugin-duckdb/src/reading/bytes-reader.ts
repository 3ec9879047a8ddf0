import type { DuckDBBlobVector, DuckDBVector } from "@duckdb/node-api";
import { bytesColumn } from "@millrace/core";
import type { ColumnReader } from "./column-reader.js";

/** BLOB: each row's own copy of its bytes. */
export function bytesReader(): ColumnReader {
  let values: (Uint8Array | null)[] = [];
  return {
    add(vector: DuckDBVector, from: number, count: number) {
      // Sliced: `getItemBytes` may be a view of memory that goes with the chunk.
      for (let row = from; row < from + count; row++) values.push((vector as DuckDBBlobVector).getItemBytes(row)?.slice() ?? null);
    },
    finish() {
      const column = bytesColumn(values);
      values = [];
      return column;
    },
  };
}
