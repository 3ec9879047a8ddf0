import * as z from "zod";

/** What every source of files takes. */
export const filesOption = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .meta({ location: true })
  .describe("A path, a glob or a list of them: relative to the config, or `npm:<package>/<path>`. Each file is one partition; `.gz` is unpacked.");

export const typesOption = z
  .record(z.string(), z.enum(["bool", "int32", "int64", "float32", "float64", "timestamp", "string"]))
  .default({})
  .describe("Types of columns, where what is found is not what is meant: an id that is a number, a column that is empty in one file.");

export type DeclaredType = z.output<typeof typesOption>[string];
