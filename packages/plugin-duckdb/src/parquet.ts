import type { PluginContext, Source } from "@millrace/core";
import { fileSource } from "./files/file-source.js";
import { parquetFormat } from "./formats/parquet-format.js";
import type { ParquetOptions } from "./parquet.options.js";

/** Parquet files. */
export function parquet({ files, types }: ParquetOptions, context: PluginContext): Source {
  return fileSource(parquetFormat(types), files, context);
}
