import type { PluginContext, Source } from "@millrace/core";
import { fileSource } from "./files/file-source.js";
import { jsonFormat } from "./formats/json-format.js";
import type { JsonOptions } from "./json.options.js";

/** JSON files. */
export function json({ files, types }: JsonOptions, context: PluginContext): Source {
  return fileSource(jsonFormat(types), files, context);
}
