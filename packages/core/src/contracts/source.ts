import type { Digest } from "./digest.js";
import type { Batches, Field } from "./frame.js";
import type { Json } from "./json.js";

/** A part of a source with a digest that changes when its rows may have changed; computed without reading the rows where possible. */
export interface Partition {
  readonly id: string;
  readonly digest: Digest;
}

export interface ReadRequest {
  readonly partition: Partition;
  /** Null: all. */
  readonly columns: readonly string[] | null;
  /** The value of `:asOf` in a query; null where the query has none. */
  readonly asOf: Date | null;
  /** The value of `:keys` in a query; null: every row. */
  readonly keys: readonly Json[] | null;
}

/** Where rows come from. Row order must not change from read to read. */
export interface Source {
  fields(): Promise<readonly Field[]>;
  partitions(): Promise<readonly Partition[]>;
  read(request: ReadRequest, signal: AbortSignal): Batches;
  /** The lines of its file, from 1, on which rows of a partition begin; rows count from 0 in the order of `read`, and ascend. Null for one that is not there. Left out where rows have no lines. Asked for messages only. */
  lines?(partition: Partition, rows: readonly number[]): Promise<readonly (number | null)[]>;
}
