import * as z from "zod";
import { pathOption } from "./file-sink.options.js";

export const csvSinkOptions = z.strictObject({
  path: pathOption,
  delimiter: z.string().length(1).default(",").describe("Between values."),
  compression: z.enum(["gzip", "none"]).default("none").describe("Whether the files are packed; a file whose name ends in .gz is."),
});

export type CsvSinkOptions = z.output<typeof csvSinkOptions>;
