import * as z from "zod";
import { pathOption } from "./file-sink.options.js";

export const parquetSinkOptions = z.strictObject({
  path: pathOption,
  compression: z.enum(["zstd", "snappy", "gzip", "none"]).default("zstd").describe("How column chunks are packed."),
});

export type ParquetSinkOptions = z.output<typeof parquetSinkOptions>;
