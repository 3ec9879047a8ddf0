import { join } from "node:path";
import { MillraceError } from "@millrace/core/plugin";
import type { CsvReading } from "../csv.options.js";
import type { Database } from "../database/open.js";
import { quoteList, quoteText } from "../database/quote.js";
import type { FileFormat } from "./file-format.js";
import { checkDeclared, type DeclaredTypes, SQL_TYPES } from "./declared-types.js";
import type { LocatedFile } from "../files/locate.js";
import { firstRecord } from "./first-record.js";
import { writeWithOneLineEnd } from "./one-line-end.js";
import { readText, scanText } from "./scan-text.js";
import { asRead, selectWhole } from "./whole-columns.js";

export type CsvShape = { readonly delimiter: string; readonly columns: readonly { readonly name: string; readonly type: string }[]; readonly isGzip: boolean; readonly hasMixedLineEnds: boolean };

/** CSV with a strict parser: a line with more or fewer values than the first is an error that names it, never a dropped value. */
export function csvFormat(options: CsvReading & { readonly types: DeclaredTypes }): FileFormat<CsvShape> {
  const scan = (path: string, { delimiter, columns, isGzip, hasMixedLineEnds }: CsvShape): string =>
    `read_csv(${quoteText(path)}, ${[
      "auto_detect = false",
      `compression = '${isGzip && !hasMixedLineEnds ? "gzip" : "none"}'`,
      `delim = ${quoteText(delimiter)}`,
      `header = ${options.header}`,
      `quote = ${quoteText(options.quote)}`,
      `escape = ${quoteText(options.escape ?? options.quote)}`,
      ...(options.comment === undefined ? [] : [`comment = ${quoteText(options.comment)}`]),
      ...(options.maxLineBytes === undefined ? [] : [`max_line_size = ${options.maxLineBytes}`]),
      `nullstr = ${quoteList(["", ...options.nulls])}`,
      `columns = {${columns.map(asRead).map(({ name, type }) => `${quoteText(name)}: ${quoteText(type)}`).join(", ")}}`,
    ].join(", ")})`;

  return {
    name: "csv",
    keyed: { ...options, delimiter: options.delimiter ?? null, escape: options.escape ?? null, comment: options.comment ?? null },
    async inspect(database, file) {
      const text = await scanText(file);
      const { values, delimiter } = firstRecord(text.head, { delimiter: options.delimiter, quote: options.quote, comment: options.comment });
      if (values.every((value) => value === "")) throw empty(file);
      if (values.some((value) => value.includes("\0"))) throw noText(file);
      const names = columnNames(values, options.header, file);
      checkDeclared(options.types, names, file.name);
      const path = await readable(database, file, text.hasMixedLineEnds);
      const shape = { delimiter, columns: names.map((name) => ({ name, type: "VARCHAR" })), isGzip: text.isGzip, hasMixedLineEnds: text.hasMixedLineEnds };
      const undeclared: readonly string[] = names.filter((name) => !Object.hasOwn(options.types, name));
      // Reads rows, which a plan does not.
      const { inferTypes } = await import("./infer-types.js");
      const inferred = await inferTypes(database, scan(path, shape), undeclared, options.sampleRows);
      const columns = names.map((name) => ({ name, type: Object.hasOwn(options.types, name) ? SQL_TYPES[options.types[name]!] : inferred[undeclared.indexOf(name)]! }));
      return { ...shape, columns };
    },
    async select(database, file, shape) {
      return `${selectWhole(shape.columns)} ${scan(await readable(database, file, shape.hasMixedLineEnds), shape)}`;
    },
    async lines(file, { delimiter, columns }, rows) {
      const { linesOfRecords } = await import("./csv-lines.js");
      return linesOfRecords(readText(file), rows, { delimiter, quote: options.quote, escape: options.escape ?? options.quote, comment: options.comment, hasHeader: options.header, columns: columns.length });
    },
  };
}

/** The file's path, or that of a copy with one kind of line end. */
async function readable(database: Database, file: LocatedFile, hasMixedLineEnds: boolean): Promise<string> {
  if (!hasMixedLineEnds) return file.path;
  const copy = join(database.scratch, `${Buffer.from(file.name).toString("hex").slice(-100)}.csv`);
  await writeWithOneLineEnd(file, copy);
  return copy;
}

function columnNames(values: readonly string[], hasHeader: boolean, file: LocatedFile): readonly string[] {
  const names = values.map((value, index) => (hasHeader && value.trim() !== "" ? value.trim() : `column${index}`));
  const lower = names.map((name) => name.toLowerCase());
  const twice = names.find((_, index) => lower.indexOf(lower[index]!) !== index);
  if (twice === undefined) return names;
  throw new MillraceError({
    code: "SOURCE_COLUMNS",
    message: `The header of "${file.name}" names the column "${twice}" twice (DuckDB does not tell upper from lower case).`,
    mend: "Give each column its own name in the file's first line. If that line holds values, a header is missing: add a line of names, or set the option `header` to false.",
    facts: { path: file.name, column: twice },
  });
}

function empty(file: LocatedFile): MillraceError {
  return new MillraceError({ code: "SOURCE_BAD_FILE", message: `The file "${file.name}" is empty: it has not even a header.`, mend: "Write the file again, or narrow the glob.", facts: { path: file.name } });
}

function noText(file: LocatedFile): MillraceError {
  return new MillraceError({ code: "SOURCE_BAD_FILE", message: `The file "${file.name}" is no text: its first line holds the character U+0000.`, mend: "Write the file as CSV in UTF-8, or name the source of its own format.", facts: { path: file.name } });
}
