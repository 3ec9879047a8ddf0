import type { DuckDBConnection } from "@duckdb/node-api";
import { MillraceError, suggest } from "@millrace/core";
import { quoteName } from "../database/quote.js";
import { columnLayout, type ColumnLayout } from "./layout.js";

/**
 * The columns of a query, without running it (but for the first row of a LIST, whose length only data tells).
 * Throws SOURCE_TYPE for a type that no column has, SOURCE_COLUMNS for two columns of one name.
 */
export async function layoutOf(connection: DuckDBConnection, query: string): Promise<readonly ColumnLayout[]> {
  const statement = await connection.prepare(query);
  const columns = Array.from({ length: statement.columnCount }, (_, index) => ({ name: statement.columnName(index), type: statement.columnType(index) }));
  statement.destroySync();
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name))
      throw new MillraceError({ code: "SOURCE_COLUMNS", message: `The query gives two columns named "${name}".`, mend: "Give each column its own name with AS.", facts: { column: name } });
    seen.add(name);
  }
  const lengths = new Map<string, number>();
  for (const { name, type } of columns) if (type.toString().endsWith("[]")) lengths.set(name, await firstLength(connection, query, name));
  return columns.map(({ name, type }) => columnLayout(name, type, (list) => lengths.get(list)!));
}

/** The names of a query's columns, without running it. */
export async function columnNames(connection: DuckDBConnection, query: string): Promise<readonly string[]> {
  const statement = await connection.prepare(query);
  const names = Array.from({ length: statement.columnCount }, (_, index) => statement.columnName(index));
  statement.destroySync();
  return names;
}

async function firstLength(connection: DuckDBConnection, query: string, name: string): Promise<number> {
  const column = quoteName(name);
  const found = await connection.runAndReadAll(`SELECT len(${column})::INTEGER FROM (${query}\n) WHERE len(${column}) > 0 LIMIT 1`);
  const length = found.getRows()[0]?.[0];
  if (typeof length === "number") return length;
  throw new MillraceError({
    code: "SOURCE_TYPE",
    message: `Column "${name}" is a list without a single value, so that its length is not known.`,
    mend: `Leave "${name}" out, or give it values.`,
    facts: { column: name },
  });
}

/** The layouts of the wanted columns, in the order wanted; null: all. Throws SOURCE_NO_COLUMN. */
export function choose(layouts: readonly ColumnLayout[], columns: readonly string[] | null): readonly ColumnLayout[] {
  if (columns === null) return layouts;
  const byName = new Map(layouts.map((layout) => [layout.field.name, layout]));
  return columns.map((name) => {
    const layout = byName.get(name);
    if (layout === undefined)
      throw new MillraceError({ code: "SOURCE_NO_COLUMN", message: `The source has no column "${name}".`, mend: suggest(name, byName.keys()), facts: { column: name } });
    return layout;
  });
}

/** The query that yields these columns in this order; the query itself where that is what it gives already. */
export function project(query: string, all: readonly ColumnLayout[], wanted: readonly ColumnLayout[]): string {
  const same = all.length === wanted.length && all.every((layout, index) => layout === wanted[index] && layout.select === quoteName(layout.field.name));
  if (same) return query;
  const list = wanted.map(({ select, field }) => (select === quoteName(field.name) ? select : `${select} AS ${quoteName(field.name)}`));
  // On one line, so that DuckDB's line numbers stay those of the user's query.
  return `SELECT ${list.length === 0 ? "1" : list.join(", ")} FROM (${query}\n)`;
}
