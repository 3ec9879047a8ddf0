import { MillraceError, type Json, type Use } from "@millrace/core";

/** Formats of files by how names end, and the embedded source and sink that read and write them. */
const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/\.parquet$/i, "parquet"],
  [/\.(?:csv|tsv)(?:\.gz)?$/i, "csv"],
  [/\.(?:json|jsonl|ndjson)(?:\.gz)?$/i, "json"],
];

function formatOf(file: string): string {
  const found = FORMATS.find(([ending]) => ending.test(file))?.[1];
  if (found !== undefined) return found;
  throw new MillraceError({ code: "USAGE_FORMAT", message: `The name of ${file} tells no format.`, mend: "Name a file that ends in .csv, .parquet, .json, .jsonl or .ndjson (.csv.gz and .json.gz too).", facts: { file } });
}

/** Whether the types of a file's columns are to be found out from its text. Throws USAGE_FORMAT. */
export function isText(file: string): boolean {
  return formatOf(file) !== "parquet";
}

/** The source that reads a file. Throws USAGE_FORMAT. */
export function sourceOf(file: string, types: Readonly<Record<string, string>>): Use<"source"> {
  const name = formatOf(file);
  const options: Record<string, Json> = { files: file, ...(name === "parquet" ? {} : { types }) };
  return { kind: "source", name, with: options };
}

/** The sink that writes a file. Throws USAGE_FORMAT. */
export function sinkOf(file: string): Use<"sink"> {
  return { kind: "sink", name: formatOf(file), with: { path: file } };
}
