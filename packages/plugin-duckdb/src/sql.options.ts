import * as z from "zod";

export const sqlOptions = z.strictObject({
  query: z.string().min(1).describe("One SELECT in DuckDB's SQL. It reads the names in `files` and nothing else; `:asOf` is a timestamp, `:keys` a list of keys or NULL for every row."),
  files: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "a name of letters, digits and _"),
      z.union([
        z.string(),
        z.strictObject({
          path: z.union([z.string(), z.array(z.string()).min(1)]).describe("A path, a glob or a list of them: relative to the config, or `npm:<package>/<path>`."),
          format: z.enum(["parquet", "csv", "json"]).optional().describe("Default: by the extension."),
        }),
      ]),
    )
    .default({})
    .meta({ location: true })
    .describe("The files that the query may read, by the name it reads them under: a path, a glob, or `npm:<package>/<path>`."),
});

export type SqlOptions = z.output<typeof sqlOptions>;
