import { MillraceError, type Use } from "@millrace/core";
import { sourceOf } from "../file-formats.js";

/** A file, and what has to be done for a model to read it. */
export interface FileSource {
  /** As a config names it: relative to the config's folder, or `npm:<package>/<path>`. */
  readonly file: string;
  /** Types by column, where what is found is not what is meant. */
  readonly types: Readonly<Record<string, string>>;
  /** Columns that no model can take. */
  readonly leftOut: readonly string[];
  /** Columns of dates as text, with their formats in `strptime` notation. */
  readonly dates: ReadonlyMap<string, readonly string[]>;
  /** Columns of numbers that are text, since they are written with a decimal comma. */
  readonly decimalCommas: readonly string[];
}

/** The name of the file in the query. */
export const TABLE = "data";

/** The source of the format that the file's name tells; one of SQL where columns are left out, or dates or decimal commas are read. Throws USAGE_FORMAT. */
export function useOf(source: FileSource): Use<"source"> {
  const plain = sourceOf(source.file, source.types);
  const query = queryOf(source);
  if (query === null) return plain;
  return { kind: "source", name: "sql", with: { query, files: { [TABLE]: tableOf(source) } } };
}

/** How the query's file is named: with its types where it has any. */
export function tableOf({ file, types }: FileSource): string | { readonly path: string; readonly types: FileSource["types"] } {
  return Object.keys(types).length === 0 ? file : { path: file, types };
}

/** The query that reads it; null where none is needed. */
export function queryOf({ leftOut, dates, decimalCommas }: FileSource): string | null {
  if (leftOut.length === 0 && dates.size === 0 && decimalCommas.length === 0) return null;
  const exclude = leftOut.length === 0 ? "" : `\n  EXCLUDE (${leftOut.map(quoteName).join(", ")})`;
  const replaced = [
    ...[...dates].map(([name, formats]) => `    try_strptime(${quoteName(name)}, [${formats.map(quoteText).join(", ")}]) AS ${quoteName(name)}`),
    ...decimalCommas.map((name) => `    try_cast(replace(replace(${quoteName(name)}, '.', ''), ',', '.') AS DOUBLE) AS ${quoteName(name)}`),
  ];
  const replace = replaced.length === 0 ? "" : `\n  REPLACE (\n${replaced.join(",\n")}\n  )`;
  return `SELECT *${exclude}${replace}\nFROM ${TABLE}\n`;
}

/** The source with one column read otherwise, where that helps against an error of reading; null where it does not. */
export function mendedFor(source: FileSource, error: MillraceError): { readonly source: FileSource; readonly column: string; readonly why: string } | null {
  const column = error.facts["column"];
  if (typeof column !== "string") return null;
  if (AS_TEXT.has(error.code)) return { source: { ...source, types: { ...source.types, [column]: "string" } }, column, why: firstSentence(error.message) };
  if (LEFT_OUT.has(error.code)) return { source: { ...source, leftOut: [...source.leftOut, column] }, column, why: firstSentence(error.message) };
  return null;
}

const AS_TEXT: ReadonlySet<string> = new Set(["SOURCE_INT64_RANGE", "SOURCE_BAD_ROW"]);
const LEFT_OUT: ReadonlySet<string> = new Set(["SOURCE_TYPE", "SOURCE_LIST_LENGTH", "SOURCE_TIME_RANGE", "FRAME_NUL", "DATA_RESERVED_NAME"]);

function firstSentence(text: string): string {
  return text.split("\n")[0]!.trim();
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
