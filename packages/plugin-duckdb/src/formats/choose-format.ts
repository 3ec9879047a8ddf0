import { MillraceError } from "@millrace/core/plugin";
import { type CsvReading, csvReading } from "../csv.options.js";
import type { LocatedFile } from "../files/locate.js";
import { csvFormat } from "./csv-format.js";
import type { DeclaredTypes } from "./declared-types.js";
import type { FileFormat } from "./file-format.js";
import { jsonFormat } from "./json-format.js";
import { parquetFormat } from "./parquet-format.js";

const EXTENSIONS: Readonly<Record<string, FileFormat["name"]>> = { parquet: "parquet", pq: "parquet", csv: "csv", tsv: "csv", json: "json", jsonl: "json", ndjson: "json" };

/** The format of that name, or, where none is given, the one that the file's extension names (before `.gz`). Throws SOURCE_FORMAT. */
export function chooseFormat(file: LocatedFile, name: FileFormat["name"] | undefined, types: DeclaredTypes, csv: CsvReading | undefined): FileFormat {
  switch (name ?? formatOf(file)) {
    case "parquet":
      return parquetFormat(types);
    case "json":
      return jsonFormat(types);
    case "csv":
      return csvFormat({ ...(csv ?? csvReading.parse({})), types });
  }
}

function formatOf(file: LocatedFile): FileFormat["name"] {
  const extension = file.name.toLowerCase().replace(/#\d+$/, "").replace(/\.gz$/, "").split(".").at(-1)!;
  const format = EXTENSIONS[extension];
  if (format !== undefined) return format;
  throw new MillraceError({
    code: "SOURCE_FORMAT",
    message: `The extension of "${file.name}" tells no format.`,
    mend: `Name it: { path: ${JSON.stringify(file.name)}, format: "csv" } (or "parquet", "json").`,
    facts: { path: file.name },
  });
}
