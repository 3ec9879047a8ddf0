import type { PluginContext, Source } from "@millrace/core";
import { csvFormat } from "./formats/csv-format.js";
import type { CsvOptions } from "./csv.options.js";
import { fileSource } from "./files/file-source.js";

/** CSV files. */
export function csv({ files, ...reading }: CsvOptions, context: PluginContext): Source {
  return fileSource(csvFormat(reading), files, context);
}
