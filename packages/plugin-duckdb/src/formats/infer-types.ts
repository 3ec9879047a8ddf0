import type { Database } from "../database/open.js";
import { streamBatches } from "../reading/batches.js";
import { choose, layoutOf, project } from "../reading/query.js";

/** Whole numbers without leading zeros: "007" is a code. */
const WHOLE = /^[+-]?(0|[1-9]\d*)$/;
const MARKED_NUMBER = /^[+-]?((\d+\.\d*|\.\d+)(e[+-]?\d+)?|\d+e[+-]?\d+|nan|inf|infinity)$/i;
/** Year first; another order of day and month would be a guess. */
const TIME = /^\d{4}([-/])(\d{1,2})\1(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** What a column can be, in the order in which it is tried; a type holds a column when it holds each distinct text. */
const CANDIDATES: readonly (readonly [string, (text: string) => boolean])[] = [
  ["BOOLEAN", (text) => /^(true|false)$/i.test(text)],
  ["BIGINT", isWhole],
  ["DOUBLE", (text) => MARKED_NUMBER.test(text) || isWhole(text)],
  ["TIMESTAMP", (text) => zoneOf(text) === ""],
  ["TIMESTAMP WITH TIME ZONE", (text) => zoneOf(text) !== null],
];

/**
 * DuckDB types of text columns, from the first `rows` rows of `scan` (which gives every column as VARCHAR). A column without a value
 * is VARCHAR. Our own rules instead of the sniffer's, which turns "00501" into 501 and reads a ragged file as one column.
 */
export async function inferTypes(database: Database, scan: string, names: readonly string[], rows: number): Promise<readonly string[]> {
  const query = `SELECT * FROM ${scan} LIMIT ${rows}`;
  const layouts = await layoutOf(database.connection, query);
  const wanted = choose(layouts, names);
  const possible = names.map(() => [...CANDIDATES]);
  const hasValue = names.map(() => false);
  for await (const batch of streamBatches(database, project(query, layouts, wanted), wanted, new AbortController().signal)) {
    names.forEach((name, index) => {
      const column = batch.column(name);
      const texts = column.dtype === "string" ? column.dictionary.slice(1).map((text) => text.trim()) : [];
      hasValue[index] ||= texts.length > 0;
      possible[index] = possible[index]!.filter(([, holds]) => texts.every(holds));
    });
  }
  return names.map((_, index) => (hasValue[index] ? (possible[index]![0]?.[0] ?? "VARCHAR") : "VARCHAR"));
}

/** Within 2^53: a longer id keeps its digits only as text. */
function isWhole(text: string): boolean {
  return WHOLE.test(text) && Number.isSafeInteger(Number(text));
}

/** The zone of a time, `""` where it names none; null: not a time of the calendar. */
function zoneOf(text: string): string | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [month, day, hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)];
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysOf(Number(text.slice(0, 4)), month);
  return isDay && hour < 24 && minute < 60 && second < 60 ? (match[7] ?? "") : null;
}

function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
