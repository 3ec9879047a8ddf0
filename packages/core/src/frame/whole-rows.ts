import type { Field } from "../contracts/frame.js";
import { MillraceError } from "../errors/millrace-error.js";
import { nearest } from "../errors/nearest.js";
import type { Row } from "./rows.js";

/**
 * Every row names every column: a value that is not known is null, since a key that is mistyped must not pass for one.
 * Throws RUNTIME_INPUT, naming row and column.
 */
export function requireWholeRows(fields: readonly Field[], rows: readonly Row[]): void {
  if (!Array.isArray(rows)) throw refuse(`Rows are an array of objects, not ${described(rows)}.`, "Give an array, also for one row: predict([row]).");
  rows.forEach((row: unknown, index) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) throw refuse(`Row ${index} is ${described(row)}, not an object.`, "Give each row as an object of columns and values.");
    const absent = fields.find(({ name }) => !Object.hasOwn(row, name) || (row as Row)[name] === undefined);
    if (absent === undefined) return;
    const mistyped = nearest(absent.name, Object.keys(row).filter((key) => !fields.some(({ name }) => name === key)));
    throw refuse(
      `Row ${index} has no "${absent.name}".`,
      mistyped === null ? `Give "${absent.name}" (${absent.dtype}); null where it is not known.` : `Is "${mistyped}" meant? Give "${absent.name}" (${absent.dtype}); null where it is not known.`,
      { row: index, column: absent.name },
    );
  });
}

function refuse(message: string, mend: string, facts: { readonly row: number; readonly column: string } | null = null): MillraceError {
  return new MillraceError({ code: "RUNTIME_INPUT", message, mend, ...(facts === null ? {} : { facts }) });
}

function described(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return value === undefined ? "nothing" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
