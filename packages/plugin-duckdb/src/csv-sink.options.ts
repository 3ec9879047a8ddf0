import * as z from "zod";
import { pathOption } from "./file-sink.options.js";

export const csvSinkOptions = z.strictObject({
  path: pathOption,
  delimiter: z.string().length(1).optional().describe("Between values. Default: a tab in a file that ends in .tsv, else a comma."),
  compression: z.enum(["gzip", "none"]).default("none").describe("Whether the files are packed; a file whose name ends in .gz is."),
});

export type CsvSinkOptions = z.output<typeof csvSinkOptions>;
