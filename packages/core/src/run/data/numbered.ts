import type { Field, Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { suggest } from "../../errors/nearest.js";
import { field } from "../../frame/frame.js";
import { withColumn } from "../../frame/take.js";

/** A frame with `$row`, the number of each row in read order, as float64. */
export function numbered(frame: Frame, firstRow: number): Frame {
  const values = new Float64Array(frame.length);
  for (let i = 0; i < values.length; i++) values[i] = firstRow + i;
  return withColumn(frame, field("$row", "float64", { nullable: false }), { dtype: "float64", values });
}

/** Throws DATA_NO_COLUMN for the first place of the config that names a column that the data does not have. */
export function requireColumns(fields: readonly Field[], named: Readonly<Record<string, Json | undefined>>): void {
  const names = fields.map(({ name }) => name);
  for (const [place, column] of Object.entries(named))
    if (typeof column === "string" && !names.includes(column))
      throw new MillraceError({ code: "DATA_NO_COLUMN", message: `${place} names column "${column}", which the source does not have.`, mend: suggest(column, names), facts: { place, column } });
}
