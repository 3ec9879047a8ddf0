import { isMissing, type Check, type Column } from "@millrace/core";
import { isNumeric } from "./columns.js";
import type { RangeOptions } from "./range.options.js";
import { rowCheck } from "./row-check.js";

/** Expects numbers and times between two bounds, both included. Missing values pass; infinities do not, where their side is bounded. */
export function range(options: RangeOptions): Check {
  const least = boundOf(options.minimum, -Infinity);
  const greatest = boundOf(options.maximum, Infinity);
  return rowCheck({
    name: "range",
    options,
    accepts: isNumeric,
    accepted: "numeric or timestamp",
    broken: (column) => outside(column, least, greatest),
    fault: `lie outside of ${options.minimum === undefined ? "(-infinity" : `[${options.minimum}`}, ${options.maximum === undefined ? "infinity)" : `${options.maximum}]`}`,
  });
}

function outside(column: Column, least: number, greatest: number): ((row: number) => boolean) | null {
  if (column.dtype === "string" || column.dtype === "bytes" || column.dtype === "sparse") return null;
  const { values } = column;
  // NaN lies outside of nothing.
  if (column.dtype === "float32" || column.dtype === "float64") return (row) => values[row]! < least || values[row]! > greatest;
  return (row) => (Number(values[row]) < least || Number(values[row]) > greatest) && !isMissing(column, row);
}

function boundOf(bound: number | string | undefined, otherwise: number): number {
  return bound === undefined ? otherwise : typeof bound === "number" ? bound : Date.parse(bound);
}
