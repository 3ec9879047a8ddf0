import { isMissing, type Check, type Column } from "@millrace/core";
import { isScalar } from "./columns.js";
import type { InSetOptions } from "./in-set.options.js";
import { rowCheck } from "./row-check.js";

/** Expects values of a list. Texts are compared once per distinct value. Missing values pass. */
export function inSet(options: InSetOptions): Check {
  const texts = new Set(options.values.filter((value) => typeof value === "string"));
  const numbers = new Set(options.values.filter((value) => typeof value !== "string").map(Number));
  return rowCheck({
    name: "in-set",
    options,
    accepts: (field) => isScalar(field) && field.dtype !== "bytes" && field.dtype !== "timestamp",
    accepted: "text, numeric or bool",
    broken: (column) => strangers(column, texts, numbers),
    fault: `hold ${options.values.length === 1 ? "not the one value" : `none of the ${options.values.length} values`} allowed`,
  });
}

function strangers(column: Column, texts: ReadonlySet<string>, numbers: ReadonlySet<number>): ((row: number) => boolean) | null {
  if (column.dtype === "string") {
    const isStrange = column.dictionary.map((text, code) => code !== 0 && !texts.has(text));
    return isStrange.includes(true) ? (row) => isStrange[column.codes[row]!]! : null;
  }
  if (column.dtype === "sparse") return null;
  return (row) => !isMissing(column, row) && !numbers.has(Number(column.values[row]));
}
