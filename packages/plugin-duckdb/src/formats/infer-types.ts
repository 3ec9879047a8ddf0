import type { Database } from "../database/open.js";
import { quoteName } from "../database/quote.js";

/** A whole number within 2^53 as it would be written: "007" is a code, and a 19-digit id keeps its digits only as text. */
const isWhole = (v: string): string => `coalesce(TRY_CAST(${v} AS BIGINT)::VARCHAR = ltrim(${v}, '+') AND TRY_CAST(${v} AS BIGINT) BETWEEN -9007199254740991 AND 9007199254740991, false)`;

/** A text that could be a number only with a point, an exponent, or as nan and inf. */
const hasNumberMark = (v: string): string => `(contains(${v}, '.') OR contains(lower(${v}), 'e') OR contains(lower(${v}), 'n'))`;

/** Year first, so that "infinity", "epoch" and a bare number are no times. */
const isTime = (v: string, type: string): string => `${v}[5] IN ('-', '/') AND TRY_CAST(${v} AS ${type}) IS NOT NULL`;

/** A Z or an offset behind the time of day; the date before it holds the other hyphens. */
const hasZone = (v: string): string => `(ends_with(${v}, 'Z') OR contains(substr(${v}, 11), '+') OR contains(substr(${v}, 11), '-'))`;

/** What a column's texts can be, each as an SQL condition on a text; the first that all of them meet is the type. */
const CANDIDATES: readonly (readonly [string, (v: string) => string])[] = [
  ["BOOLEAN", (v) => `lower(${v}) IN ('true', 'false')`],
  ["BIGINT", isWhole],
  ["DOUBLE", (v) => `TRY_CAST(${v} AS DOUBLE) IS NOT NULL AND (${hasNumberMark(v)} OR ${isWhole(v)})`],
  ["TIMESTAMP", (v) => `${isTime(v, "TIMESTAMP")} AND NOT ${hasZone(v)}`],
  ["TIMESTAMP WITH TIME ZONE", (v) => isTime(v, "TIMESTAMP WITH TIME ZONE")],
];

/**
 * DuckDB types of text columns, from the first `rows` rows of `scan` (which gives every column as VARCHAR). A column without a value
 * is VARCHAR. Our own rules instead of the sniffer's, which turns "00501" into 501 and reads a ragged file as one column.
 */
export async function inferTypes(database: Database, scan: string, names: readonly string[], rows: number): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const counts = names.flatMap((name) => {
    const value = `trim(${quoteName(name)})`;
    return [`count(${quoteName(name)})`, ...CANDIDATES.map(([, condition]) => `count(*) FILTER (WHERE ${condition(value)})`)];
  });
  const result = await database.connection.runAndReadAll(`SELECT ${counts.join(", ")} FROM (SELECT * FROM ${scan} LIMIT ${rows})`);
  const found = result.getRows()[0]!.map(Number);
  return names.map((_, index) => {
    const [values, ...met] = found.slice(index * (CANDIDATES.length + 1), (index + 1) * (CANDIDATES.length + 1)) as [number, ...number[]];
    const first = values === 0 ? -1 : met.indexOf(values);
    return first === -1 ? "VARCHAR" : CANDIDATES[first]![0];
  });
}
