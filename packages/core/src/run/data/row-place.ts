import type { Partition, Source } from "../../contracts/source.js";

/** Where a row stands in the data, for people. */
export interface RowPlace {
  /** "line 12 of rows.csv", or "row 11 of rows.parquet", counted from 1. */
  readonly text: string;
  readonly partition: string;
  /** Of the partition, from 1. */
  readonly row: number;
  /** Null where rows have no lines. */
  readonly line: number | null;
}

/** Where a row of a partition stands; `row` counts from 0. */
export async function placeOfRow(source: Source, partition: Partition, row: number): Promise<RowPlace> {
  return (await placesOfRows(source, partition, [row]))[0]!;
}

/** The same of several, which ascend. */
export async function placesOfRows(source: Source, partition: Partition, rows: readonly number[]): Promise<readonly RowPlace[]> {
  const lines = await source.lines?.(partition, rows);
  return rows.map((row, index) => {
    const line = lines?.[index] ?? null;
    return { text: `${line === null ? `row ${row + 1}` : `line ${line}`} of ${partition.id}`, partition: partition.id, row: row + 1, line };
  });
}
