import { MillraceError } from "@millrace/core";
import type { LocatedFile } from "../files/locate.js";

const FIRST_LINES = 4;

/** DuckDB's failure in the words of the user: the file or query, the line, and what to do. Our own errors pass. */
export function explainFailure(error: unknown, files: readonly LocatedFile[], query: string | null): unknown {
  if (MillraceError.is(error) || !(error instanceof Error)) return error;
  const message = renamed(error.message, files);
  const cause = error;
  const file = files.find(({ path }) => error.message.includes(path)) ?? (files.length === 1 && query === null ? files[0] : undefined);
  const forbidden = /Cannot access (?:file|directory) "([^"]*)"|Loading external extensions is disabled/.exec(message);
  if (forbidden !== null)
    return new MillraceError({
      code: "SOURCE_FORBIDDEN_PATH",
      message: `The query reaches for ${forbidden[1] === undefined ? "an extension that is not built in" : `"${forbidden[1]}"`}; it may read only the names in \`files\`.`,
      mend: 'Add the file to the source\'s options, for example files: { trips: "./data/trips.parquet" }, and read it by that name.',
      cause,
      facts: { path: forbidden[1] ?? null },
    });
  if (message.startsWith("Out of Memory Error"))
    return new MillraceError({ code: "SOURCE_MEMORY", message: `DuckDB ran out of memory: ${firstLines(message)}`, mend: "Raise `limits.memory` in the config, or read fewer columns.", cause });
  const line = /CSV Error on Line: (\d+)/.exec(message);
  if (line !== null) return badRow(message, Number(line[1]), file, cause);
  if (query !== null && (file === undefined || /^(Parser|Binder|Catalog|Syntax) Error/.test(message))) return badQuery(message, cause);
  return new MillraceError({
    code: "SOURCE_BAD_FILE",
    message: `The file "${file?.name ?? "?"}" cannot be read: ${firstLines(message)}`,
    mend: "Write the file again: it is damaged, cut off, or of another format than its name says (name the format with the matching source).",
    cause,
    facts: { path: file?.name ?? null },
  });
}

function badRow(message: string, line: number, file: LocatedFile | undefined, cause: Error): MillraceError {
  const conversion = /Error when converting column "([^"]*)"\. (.*)/.exec(message);
  return new MillraceError({
    code: "SOURCE_BAD_ROW",
    message: `Line ${line} of "${file?.name ?? "?"}": ${conversion?.[0] ?? firstLines(message.replace(/^.*CSV Error on Line: \d+\s*/s, "").replace(/Possible fixes:.*/s, ""))}`,
    mend:
      conversion === null
        ? "Mend that line, or set the options `delimiter`, `quote` and `escape` to what the file uses."
        : `Mend that line, or declare the column's type: types: { ${JSON.stringify(conversion[1])}: "string" }, or name its text for missing values: nulls: ["NA"].`,
    cause,
    facts: { path: file?.name ?? null, line, column: conversion?.[1] ?? null },
  });
}

function badQuery(message: string, cause: Error): MillraceError {
  const line = /LINE (\d+):/.exec(message);
  return new MillraceError({
    code: "SOURCE_SQL",
    message: `DuckDB refuses the query${line === null ? "" : ` at line ${line[1]}`}: ${message.replace(/\n+/g, "\n").trim()}`,
    mend: "Mend the query; the names it may read are those in `files`.",
    cause,
    facts: { line: line === null ? null : Number(line[1]) },
  });
}

function renamed(message: string, files: readonly LocatedFile[]): string {
  return files.reduce((text, file) => text.replaceAll(file.path, file.name), message);
}

function firstLines(message: string): string {
  return message.trim().split("\n").filter((line) => line.trim() !== "").slice(0, FIRST_LINES).join(" ").slice(0, 600);
}
