import { type Batches, type Field, type Json, type PluginContext, type Sink, slice, toRows } from "@millrace/core";
import type { JsonSinkOptions } from "./json-sink.options.js";
import { fileSink } from "./sinks/file-sink.js";
import { checkSameFields } from "./sinks/same-fields.js";
import { writeTexts } from "./sinks/text-file.js";

const ROWS_AT_ONCE = 4096;

/** JSON: missing values are null, times ISO 8601 in UTC, bytes base64, vectors arrays, infinities the texts "Infinity" and "-Infinity". */
export function jsonSink({ path, shape, compression }: JsonSinkOptions, context: PluginContext): Sink {
  const extension = shape === "lines" ? ".jsonl" : ".json";
  return fileSink(
    {
      extension: compression === "gzip" ? `${extension}.gz` : extension,
      names: (file) => /\.(json|jsonl|ndjson)(\.gz)?$/i.test(file),
      async write(draft, name, batches, signal) {
        const isArray = /\.json(\.gz)?$/i.test(name);
        let hasBatch = false;
        const texts = jsonTexts(batches, isArray, () => (hasBatch = true));
        await writeTexts(draft, texts, compression === "gzip" || name.endsWith(".gz"), signal);
        return hasBatch;
      },
    },
    path,
    context,
  );
}

async function* jsonTexts(batches: Batches, isArray: boolean, onBatch: () => void): AsyncIterable<string> {
  let fields: readonly Field[] | null = null;
  let isFirst = true;
  if (isArray) yield "[";
  for await (const batch of batches) {
    onBatch();
    fields ??= batch.fields;
    checkSameFields(fields, batch.fields);
    for (let from = 0; from < batch.length; from += ROWS_AT_ONCE) {
      const rows = toRows(slice(batch, from, Math.min(batch.length, from + ROWS_AT_ONCE))).map((row) => JSON.stringify(row, spellInfinity));
      yield isArray ? `${isFirst ? "\n" : ",\n"}${rows.join(",\n")}` : `${rows.join("\n")}\n`;
      isFirst = false;
    }
  }
  if (isArray) yield "\n]\n";
}

/** JSON has no infinities; as texts they come back by declaring the column's type. */
function spellInfinity(_key: string, value: Json): Json {
  return value === Infinity || value === -Infinity ? String(value) : value;
}
