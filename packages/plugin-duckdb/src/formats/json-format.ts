import { MillraceError } from "@millrace/core/plugin";
import { quoteText } from "../database/quote.js";
import type { FileFormat } from "./file-format.js";
import { checkDeclared, type DeclaredTypes, SQL_TYPES } from "./declared-types.js";
import type { LocatedFile } from "../files/locate.js";
import { isGzip, scanText } from "./scan-text.js";
import { asRead, selectWhole } from "./whole-columns.js";

export type JsonShape = { readonly isGzip: boolean; readonly columns: readonly { readonly name: string; readonly type: string }[] };

/** One array of objects, or an object a line. Types come from all rows, so that no late member is left out. */
export function jsonFormat(types: DeclaredTypes): FileFormat<JsonShape> {
  return {
    name: "json",
    keyed: { types },
    async inspect(database, file) {
      // DuckDB takes a packed file that is cut off between two lines for a whole one.
      const isPacked = await isGzip(file);
      if (isPacked) await scanText(file);
      const found = await database.connection.runAndReadAll(`DESCRIBE SELECT * FROM read_json(${quoteText(file.path)}, compression = '${compressionOf(isPacked)}', sample_size = -1)`);
      const columns = found.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
      if (columns.length === 1 && columns[0]!.name === "json") throw noObjects(file);
      checkDeclared(types, columns.map(({ name }) => name), file.name);
      return { isGzip: isPacked, columns: columns.map(({ name, type }) => ({ name, type: Object.hasOwn(types, name) ? SQL_TYPES[types[name]!] : asText(type) })) };
    },
    async select(_database, file, { columns, isGzip }) {
      return `${selectWhole(columns)} read_json(${quoteText(file.path)}, compression = '${compressionOf(isGzip)}', columns = {${columns.map(asRead).map(({ name, type }) => `${quoteText(name)}: ${quoteText(type)}`).join(", ")}})`;
    },
  };
}

/** Texts like "12:30", and columns of several kinds (DuckDB's JSON), are texts to a model. */
function asText(type: string): string {
  return type === "TIME" || type === "JSON" ? "VARCHAR" : type;
}

function compressionOf(isPacked: boolean): string {
  return isPacked ? "gzip" : "uncompressed";
}

function noObjects(file: LocatedFile): MillraceError {
  return new MillraceError({
    code: "SOURCE_BAD_FILE",
    message: `The file "${file.name}" holds no rows: neither an array of objects nor an object a line.`,
    mend: 'Write it as [{"a": 1}, ...] or as one {"a": 1} a line.',
    facts: { path: file.name },
  });
}
