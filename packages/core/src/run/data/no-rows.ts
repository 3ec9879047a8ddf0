import { MillraceError } from "../../errors/millrace-error.js";

const NAMED = 5;

/** `partitions`: the ids of those that were read; of a source of files, the files. */
export function noRows(partitions: readonly string[]): MillraceError {
  const names = `${partitions.slice(0, NAMED).join(", ")}${partitions.length > NAMED ? ` and ${partitions.length - NAMED} more` : ""}`;
  return new MillraceError({ code: "DATA_EMPTY", message: `The source gave no rows; it read ${names === "" ? "nothing" : names}.`, mend: "Check the query or the files that the source names: `millrace config` prints them.", facts: { partitions } });
}
