import * as z from "zod";
import { csvReading } from "./csv.options.js";
import { filesOption, typesOption } from "./file.options.js";

const namedFile = z.strictObject({
  path: filesOption,
  format: z.enum(["parquet", "csv", "json"]).optional().describe("Default: by the extension."),
  types: typesOption,
  csv: csvReading.optional().describe("How the file is read where it is CSV."),
});

export const sqlOptions = z.strictObject({
  query: z
    .string()
    .min(1)
    .describe("One SELECT in DuckDB's SQL. It reads the names in `files` and nothing else. `:asOf` is the time for which rows are wanted, `:keys` a list of keys, or NULL for every row."),
  files: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "Use letters, digits and _ for the name of a table."), z.union([z.string().min(1), namedFile]))
    .default({})
    .meta({ location: true })
    .describe("What the query may read, by the name it reads it under: a path, a glob, or `npm:<package>/<path>`, relative to the config; or an object with the file's options."),
});

export type SqlOptions = z.output<typeof sqlOptions>;
export type NamedFile = z.output<typeof namedFile>;
