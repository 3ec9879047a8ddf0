import { MillraceError, suggest } from "@millrace/core";
import { tooManyRows } from "../predict-limits.js";

/** What a client asks in the row API. */
export interface RowRequest {
  readonly rows: readonly object[];
  /** Outputs to answer with; null: all. */
  readonly outputs: readonly string[] | null;
}

const KEYS = ["rows", "outputs"];

/** The body of a row request, parsed. Throws SERVE_BODY and SERVE_TOO_MANY_ROWS. */
export function readRowRequest(body: unknown, mostRows: number): RowRequest {
  if (!isObject(body)) throw refuse("The body is no object.");
  const { rows, outputs = null } = body as { readonly rows?: unknown; readonly outputs?: unknown };
  const unknown = Object.keys(body).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw refuse(`The body has an unknown key "${unknown.slice(0, 100)}". ${suggest(unknown.slice(0, 100), KEYS)}`);
  if (!Array.isArray(rows) || rows.length === 0) throw refuse("The body has no rows.");
  if (rows.length > mostRows) throw tooManyRows(rows.length, mostRows);
  for (let row = 0; row < rows.length; row++) if (!isObject(rows[row])) throw refuse(`Row ${row} is no object.`);
  if (outputs !== null && !(Array.isArray(outputs) && outputs.every((name) => typeof name === "string"))) throw refuse("`outputs` is no list of names.");
  return { rows: rows as object[], outputs };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(message: string): MillraceError {
  return new MillraceError({ code: "SERVE_BODY", message, mend: 'Send {"rows": [{"column": value}]}, with "outputs": ["name"] for some of the outputs.' });
}
