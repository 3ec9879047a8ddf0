import { type Batches, type Column, type Field, type Frame, isMissing, type PluginContext, type Sink, toRows, valueAt } from "@millrace/core";
import type { CsvSinkOptions } from "./csv-sink.options.js";
import { fileSink } from "./sinks/file-sink.js";
import { checkSameFields } from "./sinks/same-fields.js";
import { writeTexts } from "./sinks/text-file.js";

const ROWS_AT_ONCE = 4096;

/** CSV with a header, by RFC 4180 with LF: missing values are empty, times ISO 8601 in UTC, bytes base64, vectors JSON. */
export function csvSink({ path, delimiter, compression }: CsvSinkOptions, context: PluginContext): Sink {
  return fileSink(
    {
      extension: compression === "gzip" ? ".csv.gz" : ".csv",
      names: (file) => /\.(csv|tsv)(\.gz)?$/i.test(file),
      async write(draft, name, batches, signal) {
        const texts = csvTexts(batches, delimiter ?? (/\.tsv(\.gz)?$/i.test(name) ? "\t" : ","));
        const first = await texts.next();
        if (first.done === true) return false;
        await writeTexts(draft, withFirst(first.value, texts), compression === "gzip" || name.endsWith(".gz"), signal);
        return true;
      },
    },
    path,
    context,
  );
}

async function* withFirst(first: string, rest: AsyncIterable<string>): AsyncIterable<string> {
  yield first;
  yield* rest;
}

async function* csvTexts(batches: Batches, delimiter: string): AsyncGenerator<string> {
  let fields: readonly Field[] | null = null;
  const special = new RegExp(`[${delimiter.replace(/[\\\]^-]/g, "\\$&")}"\\r\\n]`);
  const quote = (text: string): string => (special.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text);
  for await (const batch of batches) {
    if (fields === null) {
      fields = batch.fields;
      yield `${fields.map(({ name }) => quote(name)).join(delimiter)}\n`;
    } else checkSameFields(fields, batch.fields);
    const texts = fields.map((field) => columnTexts(batch, field, quote));
    for (let from = 0; from < batch.length; from += ROWS_AT_ONCE) {
      let text = "";
      for (let row = from; row < Math.min(batch.length, from + ROWS_AT_ONCE); row++) text += `${texts.map((textOf) => textOf(row)).join(delimiter)}\n`;
      yield text;
    }
  }
}

/** The text of each row of a column. */
function columnTexts(batch: Frame, field: Field, quote: (text: string) => string): (row: number) => string {
  const column = batch.column(field.name);
  if (field.shape !== null && field.shape.length > 0) {
    const vectors = toRows({ fields: [field], length: batch.length, column: () => column });
    return (row) => (vectors[row]![field.name] === null ? "" : quote(JSON.stringify(vectors[row]![field.name])));
  }
  if (column.dtype === "string") {
    const quoted = column.dictionary.map(quote);
    return (row) => quoted[column.codes[row]!]!;
  }
  return (row) => (isMissing(column, row) ? "" : scalarText(column, row));
}

const GREATEST_DATE = 8_640_000_000_000_000;

function scalarText(column: Exclude<Column, { dtype: "string" }>, row: number): string {
  if (column.dtype === "sparse") return JSON.stringify(valueAt(column, row));
  if (column.dtype === "bytes") return Buffer.from(column.values[row]!).toString("base64");
  const value = column.values[row]!;
  if (column.dtype === "bool") return value === 1 ? "true" : "false";
  if (column.dtype === "timestamp" && Math.abs(Number(value)) <= GREATEST_DATE) return new Date(Number(value)).toISOString();
  return Object.is(value, -0) ? "-0.0" : String(value);
}
