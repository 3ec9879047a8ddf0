import { quoteName, quoteText } from "../database/quote.js";

interface ColumnType {
  readonly name: string;
  readonly type: string;
}

/** What each of the types of whole numbers takes; of BIGINT, the outermost that are float64. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = { BIGINT: [-(2 ** 63), 2 ** 63 - 1_024], INTEGER: [-(2 ** 31), 2 ** 31 - 1] };

/** How readers of files are to read these columns: DuckDB rounds 180.5 where a whole number is wanted (in JSON it cuts), and says nothing. */
export function asRead({ name, type }: ColumnType): ColumnType {
  return Object.hasOwn(RANGES, type) ? { name, type: "DOUBLE" } : { name, type };
}

/** What begins the query on columns that were read so: whole numbers again, and an error that `notWhole` knows where one is none. */
export function selectWhole(columns: readonly ColumnType[]): string {
  const replaced = columns.flatMap(({ name, type }) => {
    const range = RANGES[type];
    if (range === undefined) return [];
    const column = quoteName(name);
    return [`CASE WHEN ${column} IS NULL OR (${column} = floor(${column}) AND ${column} BETWEEN ${range[0]} AND ${range[1]}) THEN CAST(${column} AS ${type}) ELSE error(${quoteText(`${MARK}${JSON.stringify(name)} `)} || ${column}) END AS ${column}`];
  });
  return `SELECT *${replaced.length === 0 ? "" : ` REPLACE (${replaced.join(", ")})`} FROM`;
}

const MARK = "not whole: ";

/** The column and value of such an error; null: it is another one. */
export function notWhole(message: string): { readonly column: string; readonly value: string } | null {
  const found = /not whole: ("(?:[^"\\]|\\.)*") (\S+)/.exec(message);
  return found === null ? null : { column: JSON.parse(found[1]!) as string, value: found[2]! };
}
