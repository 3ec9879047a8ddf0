import { MillraceError } from "@millrace/core";
import { quoteList } from "./database/quote.js";
import type { LocatedFile } from "./files/locate.js";

export type FormatName = "parquet" | "csv" | "json";

const EXTENSIONS: Readonly<Record<string, FormatName>> = { parquet: "parquet", pq: "parquet", csv: "csv", tsv: "csv", txt: "csv", json: "json", jsonl: "json", ndjson: "json" };

/** The format that a file's extension names, before `.gz`. Throws SOURCE_FORMAT. */
export function formatOf(file: LocatedFile): FormatName {
  const extension = file.name.toLowerCase().replace(/#\d+$/, "").replace(/\.(gz|zst)$/, "").split(".").at(-1)!;
  const format = EXTENSIONS[extension];
  if (format !== undefined) return format;
  throw new MillraceError({
    code: "SOURCE_FORMAT",
    message: `The extension of "${file.name}" tells no format.`,
    mend: `Name the format: { path: ${JSON.stringify(file.name)}, format: "parquet" | "csv" | "json" }.`,
    facts: { path: file.name },
  });
}

/** The table function that reads files of a format, for a view. */
export function scanOf(format: FormatName, files: readonly LocatedFile[]): string {
  const paths = quoteList(files.map(({ path }) => path));
  return format === "parquet" ? `read_parquet(${paths})` : format === "csv" ? `read_csv(${paths})` : `read_json(${paths})`;
}
