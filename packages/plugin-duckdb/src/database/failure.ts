import { MillraceError, suggest } from "@millrace/core/plugin";
import type { LocatedFile } from "../files/locate.js";
import { notWhole } from "../formats/whole-columns.js";

/** What was being read when DuckDB failed. */
export interface Reading {
  readonly files: readonly LocatedFile[];
  /** The names that a query may read; null where there is no query of the user's. */
  readonly tables: readonly string[] | null;
}

/** DuckDB's failure in the words of the user: the file or query, the line, and what to do. Our own errors pass, and so do mistakes of the code (TypeError), which no file is to blame for. */
export function explainFailure(error: unknown, { files, tables }: Reading): unknown {
  if (MillraceError.is(error) || !(error instanceof Error) || error instanceof TypeError) return error;
  const message = files.reduce((text, { path, name }) => text.replaceAll(path, name), error.message.replace(/^Failed to \w+ statements?: /, ""));
  const named = files.find(({ path }) => error.message.includes(path));
  const file = named ?? (files.length === 1 && tables === null ? files[0] : undefined);
  const line = /CSV Error on Line: (\d+)/.exec(message);
  const forbidden = /Cannot access (?:file|directory) "([^"]*)"|Loading external extensions is disabled|Table with name (\S*[/.]\S*) does not exist/.exec(message);
  if (forbidden !== null) return forbiddenPath(forbidden[1] ?? forbidden[2] ?? null, error);
  if (NO_SPACE.test(message)) return noSpace(message, error);
  if (message.startsWith("Out of Memory Error"))
    return new MillraceError({ code: "SOURCE_MEMORY", message: `DuckDB ran out of memory: ${sentence(message)}`, mend: "Raise `limits.memory` in the config, or read fewer columns.", cause: error });
  const whole = notWhole(message);
  if (whole !== null) return badWhole(whole, file, error);
  if (line !== null) return badRow(message, Number(line[1]), file, error);
  if (tables !== null && (file === undefined || /^(Parser|Binder|Catalog|Syntax) Error/.test(message))) return badQuery(message, tables, files, error);
  return new MillraceError({
    code: "SOURCE_BAD_FILE",
    message: `The file "${file?.name ?? "?"}" cannot be read: ${sentence(message)}`,
    mend: "Write the file again: it is damaged, cut off, or not of the format that was asked for.",
    cause: error,
    facts: { path: file?.name ?? null, value: quotesOf(message, files) },
  });
}

/** What DuckDB quotes behind a value that does not convert: a type of its own, which tells nothing of the data. */
const TYPE = / to '(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|U?INT\d+|FLOAT|DOUBLE|DECIMAL\([\d, ]+\)|BOOLEAN|DATE|TIME|TIMESTAMP(?:_N?S|_MS| WITH TIME ZONE)?|INTERVAL|UUID|BLOB|VARCHAR)'/g;

/** What a message quotes that is no file's name and no type: it may be of the data, and is masked where columns are personal. A value may hold quotes itself. */
function quotesOf(message: string, files: readonly LocatedFile[]): readonly string[] {
  const converted = [...message.matchAll(/string ["'](.*)["'] to /gs)].map(([, value]) => value!);
  const quoted = [...message.replaceAll(TYPE, "").matchAll(/"([^"]+)"|'([^']+)'/g)].map(([, double, single]) => (double ?? single)!);
  return [...new Set([...converted, ...quoted])].filter((quote) => !files.some(({ name }) => name === quote || name.includes(quote)));
}

/** What the file system says where DuckDB spills more than there is room for, and what DuckDB says of its own limit. */
const NO_SPACE = /No space left on device|Disk quota exceeded|File too large|max_temp_directory_size/i;

function noSpace(message: string, cause: Error): MillraceError {
  return new MillraceError({
    code: "DISK_FULL",
    message: `There is no space left for what DuckDB spills to disk: ${sentence(message)}`,
    mend: "Free some space on the disk of the project's state folder, or raise `limits.memory` so that less is spilled; then run the same command again: it goes on from the last finished task.",
    cause,
  });
}

function forbiddenPath(path: string | null, cause: Error): MillraceError {
  return new MillraceError({
    code: "SOURCE_FORBIDDEN_PATH",
    message: `The query reaches for ${path === null ? "an extension that is not built in" : `"${path}"`}; it may read only the names in \`files\`.`,
    mend: 'Add the file to the source\'s options, for example files: { trips: "./data/trips.parquet" }, and read it by that name.',
    cause,
    facts: { path },
  });
}

function badRow(message: string, line: number, file: LocatedFile | undefined, cause: Error): MillraceError {
  const conversion = /Error when converting column "([^"]*)"\. (.*)/.exec(message);
  const isUnicode = message.includes("Invalid unicode");
  const isLong = message.includes("Maximum line size");
  const what = message.replace(/^.*CSV Error on Line: \d+\s*/s, "").replace(/Original Line: (.*)/, (_, text: string) => briefly(text)).replace(/\s*(Possible (fixes|Solution)|file = ).*$/s, "");
  const original = /Original Line: (.*)/.exec(message)?.[1];
  return new MillraceError({
    code: "SOURCE_BAD_ROW",
    message: `Line ${line} of "${file?.name ?? "?"}": ${conversion === null ? sentence(what) : `column "${conversion[1]}": ${conversion[2]}.`}`,
    mend: isUnicode
      ? "Save the file as UTF-8."
      : isLong
        ? "Raise the option `maxLineBytes` of the source (in SQL: of the file's `csv`), or see whether a quote is missing in that line, which then runs on to the next."
      : conversion === null
        ? "Mend that line, or set the options `delimiter`, `quote` and `escape` to what the file uses."
        : `Mend that line, or declare the column's type: types: { ${JSON.stringify(conversion[1])}: "string" }, or name its text for missing values: nulls: ["NA"].`,
    cause,
    facts: { path: file?.name ?? null, line, column: conversion?.[1] ?? null, value: [...(original === undefined ? [] : [original.trim().slice(0, MOST)]), ...quotesOf(conversion?.[2] ?? what, file === undefined ? [] : [file])] },
  });
}

function badWhole({ column, value }: NonNullable<ReturnType<typeof notWhole>>, file: LocatedFile | undefined, cause: Error): MillraceError {
  return new MillraceError({
    code: "SOURCE_BAD_ROW",
    message: `${file === undefined ? "A file" : `"${file.name}"`}: column "${column}" holds ${value}, and whole numbers that fit its type elsewhere.`,
    mend: `Mend that value, or declare the column's type: types: { ${JSON.stringify(column)}: "float64" }.`,
    cause,
    facts: { path: file?.name ?? null, column, value: [value] },
  });
}

/** So much of a line that the reason behind it is seen too. */
function briefly(line: string): string {
  return line.length > 120 ? `${line.slice(0, 100)}... (${line.length} characters)` : line;
}

function badQuery(message: string, tables: readonly string[], files: readonly LocatedFile[], cause: Error): MillraceError {
  // What does not parse or bind quotes the query; anything else came of the data.
  const value = /^(Parser|Binder|Catalog|Syntax) Error/.test(message) ? [] : quotesOf(message, files);
  const line = /LINE (\d+):/.exec(message);
  const table = /Table with name (\S+) does not exist/.exec(message)?.[1];
  return new MillraceError({
    code: "SOURCE_SQL",
    message: `DuckDB refuses the query${line === null ? "" : ` at line ${line[1]}`}: ${table === undefined ? message.replace(/\n+/g, "\n").trim() : `there is no table "${table}".`}`,
    mend: table === undefined ? "Mend the query; the names it may read are those in `files`." : suggest(table, tables),
    cause,
    facts: { line: line === null ? null : Number(line[1]), table: table ?? null, value },
  });
}

/** Characters of DuckDB's own words. */
const MOST = 400;

/** The message on one line, without the SQL that Millrace wrote. */
function sentence(message: string): string {
  const text = message
    .replace(/LINE \d+:.*/s, "")
    .replace(/^[A-Z]\w+( \w+)? Error: /, "")
    .trim()
    .replace(/\s*\n\s*/g, " | ")
    .slice(0, MOST);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
