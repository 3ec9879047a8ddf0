import { isMissing, widthOf, type Check, type Column } from "@millrace/core";
import { rowCheck } from "./row-check.js";
import type { NotNullOptions } from "./not-null.options.js";

/** Expects a value in every row; in a vector, all of its values. */
export function notNull(options: NotNullOptions): Check {
  return rowCheck({
    name: "not-null",
    options,
    accepts: () => true,
    accepted: "any",
    broken: (column, field) => missingRows(column, widthOf(field)),
    fault: "are missing",
  });
}

function missingRows(column: Column, width: number): ((row: number) => boolean) | null {
  if (column.dtype === "string") {
    const { codes } = column;
    return (row) => codes[row] === 0;
  }
  if (column.dtype === "sparse") return null;
  if ("validity" in column) return column.validity === null ? null : (row) => isMissing(column, row);
  const { values } = column;
  if (width === 1) return (row) => values[row] !== values[row];
  return (row) => values.subarray(row * width, (row + 1) * width).some(Number.isNaN);
}
