import type { Partition, Source } from "../../contracts/source.js";

/** Where a row stands in the data, for people. */
export interface RowPlace {
  /** "line 12 of rows.csv", or "row 11 of rows.parquet", counted from 1. */
  readonly text: string;
  readonly partition: string;
  /** Null where rows have no lines. */
  readonly line: number | null;
}

/** Where a row of a partition stands; `row` counts from 0. */
export async function placeOfRow(source: Source, partition: Partition, row: number): Promise<RowPlace> {
  const line = (await source.line?.(partition, row)) ?? null;
  return { text: `${line === null ? `row ${row + 1}` : `line ${line}`} of ${partition.id}`, partition: partition.id, line };
}
