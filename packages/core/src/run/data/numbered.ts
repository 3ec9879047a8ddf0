import type { Field, Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { nearest, suggest } from "../../errors/nearest.js";
import { field } from "../../frame/frame.js";
import { withColumn } from "../../frame/take.js";

/** A frame with `$row`, the number of each row in read order, as float64. */
export function numbered(frame: Frame, firstRow: number): Frame {
  const values = new Float64Array(frame.length);
  for (let i = 0; i < values.length; i++) values[i] = firstRow + i;
  return withColumn(frame, field("$row", "float64", { nullable: false }), { dtype: "float64", values });
}

/** Throws DATA_NO_COLUMN with every place of the config (`columns.key`, ...) that names a column that the data does not have; facts.columns lists them. */
export function requireColumns(fields: readonly Field[], named: Readonly<Record<string, Json | undefined>>): void {
  const names = fields.map(({ name }) => name);
  const missing = Object.entries(named).flatMap(([place, column]) => (typeof column === "string" && !names.includes(column) ? [{ place, column }] : []));
  const [first, ...more] = missing;
  if (first === undefined) return;
  const message = more.length === 0 ? `${first.place} names column "${first.column}", which the source does not have.` : `The config names ${missing.length} columns that the source does not have: ${missing.map(({ place, column }) => `${place} "${column}"`).join(", ")}.`;
  throw new MillraceError({ code: "DATA_NO_COLUMN", message, mend: more.length === 0 ? suggest(first.column, names) : mendOf(missing.map(({ column }) => column), names), facts: { columns: missing } });
}

/** The nearest name of each, and all names once where one has none. */
function mendOf(columns: readonly string[], names: readonly string[]): string {
  const pairs = [...new Set(columns)].map((column) => [column, nearest(column, names)] as const);
  const near = pairs.flatMap(([column, name]) => (name === null ? [] : [`Did you mean "${name}" by "${column}"?`]));
  const far = pairs.find(([, name]) => name === null);
  return [...near, ...(far === undefined ? [] : [suggest(far[0], names)])].join(" ");
}
