import type { DuckDBVector } from "@duckdb/node-api";
import type { Column } from "@millrace/core";

/** Gathers chunks of one column (2,048 rows or fewer each) into a canonical column of a batch. */
export interface ColumnReader {
  /** Copies `count` rows from row `from` of a vector. */
  add(vector: DuckDBVector, from: number, count: number): void;
  /** The column of the rows added since the last call. */
  finish(): Column;
}
