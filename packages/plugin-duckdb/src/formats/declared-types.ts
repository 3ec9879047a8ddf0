import { MillraceError, suggest } from "@millrace/core/plugin";
import type { DeclaredType } from "../file.options.js";
import { quoteName } from "../database/quote.js";

/** DuckDB's type for each declared one. */
export const SQL_TYPES: Readonly<Record<DeclaredType, string>> = {
  bool: "BOOLEAN",
  int32: "INTEGER",
  int64: "BIGINT",
  float32: "FLOAT",
  float64: "DOUBLE",
  timestamp: "TIMESTAMP WITH TIME ZONE",
  string: "VARCHAR",
};

export type DeclaredTypes = Readonly<Record<string, DeclaredType>>;

/** `SELECT` of a scan with the declared columns cast. */
export function selectDeclared(scan: string, types: DeclaredTypes): string {
  const casts = Object.entries(types).map(([name, type]) => `CAST(${quoteName(name)} AS ${SQL_TYPES[type]}) AS ${quoteName(name)}`);
  return `SELECT *${casts.length === 0 ? "" : ` REPLACE (${casts.join(", ")})`} FROM ${scan}`;
}

/** Throws SOURCE_NO_COLUMN where a type is declared for a column that the file does not have. */
export function checkDeclared(types: DeclaredTypes, names: readonly string[], file: string): void {
  for (const name of Object.keys(types))
    if (!names.includes(name))
      throw new MillraceError({ code: "SOURCE_NO_COLUMN", message: `\`types\` names the column "${name}", which "${file}" does not have.`, mend: suggest(name, names), facts: { column: name, path: file } });
}
