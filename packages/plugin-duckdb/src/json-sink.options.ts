import * as z from "zod";
import { pathOption } from "./file-sink.options.js";

export const jsonSinkOptions = z.strictObject({
  path: pathOption,
  shape: z.enum(["lines", "array"]).default("lines").describe("An object a line (.jsonl), or one array of objects (.json); a file's extension decides for itself."),
  compression: z.enum(["gzip", "none"]).default("none").describe("Whether the files are packed; a file whose name ends in .gz is."),
});

export type JsonSinkOptions = z.output<typeof jsonSinkOptions>;
