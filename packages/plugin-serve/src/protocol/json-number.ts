import { MillraceError } from "@millrace/core";

/** How NaN and infinities are written in JSON, which has neither. */
export type NumberPolicy = "null" | "text" | "error";

/** A number as JSON that reads back as the same bits (String drops the sign of -0). `missing`: NaN is a missing value, and null. Throws SERVE_NUMBER. */
export function jsonNumber(value: number, policy: NumberPolicy): string {
  if (Number.isFinite(value)) return value === 0 && Object.is(value, -0) ? "-0" : String(value);
  if (policy === "null") return "null";
  if (policy === "text") return Number.isNaN(value) ? '"NaN"' : value > 0 ? '"Infinity"' : '"-Infinity"';
  throw new MillraceError({ code: "SERVE_NUMBER", message: `An answer holds ${value}, which JSON cannot.`, mend: 'Set server.numbers to "null" or "text", or ask for binary tensors.' });
}
