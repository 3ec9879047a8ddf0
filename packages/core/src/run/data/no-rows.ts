import { MillraceError } from "../../errors/millrace-error.js";

const NAMED = 5;

/** `partitions`: the ids of those that were read; of a source of files, the files. */
export function noRows(partitions: readonly string[]): MillraceError {
  return new MillraceError({ code: "DATA_EMPTY", message: `The source gave no rows; it read ${partitionNames(partitions)}.`, mend: "Check the query or the files that the source names: `millrace config` prints them.", facts: { partitions } });
}

/** What a source reads, in a sentence: the first of its partitions and how many more there are. */
export function partitionNames(partitions: readonly string[]): string {
  if (partitions.length === 0) return "nothing";
  return `${partitions.slice(0, NAMED).join(", ")}${partitions.length > NAMED ? ` and ${partitions.length - NAMED} more` : ""}`;
}
