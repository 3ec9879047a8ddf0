import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { field, fromRows, MillraceError, select, suggest, type Digest, type Out, type PluginContext, type ReadRequest, type Row, type Source } from "@millrace/core";
import type { templateNameOptions } from "./template-name.options.js";

/** Rows of a batch. */
const BATCH_ROWS = 4096;

/** A file with a JSON object a line, as one partition, whose digest is that of its bytes. */
export function createTemplateName({ file, columns }: Out<typeof templateNameOptions>, { folder }: Pick<PluginContext, "folder">): Source {
  const path = resolve(folder, file);
  const fields = Object.entries(columns).map(([name, dtype]) => field(name, dtype));
  return {
    fields: async () => fields,
    partitions: async () => [{ id: file, digest: await digestOfFile(path).catch(noFile(path)) }],
    async *read(request, signal) {
      refuseUnknown(request, file, fields.map(({ name }) => name));
      for await (const rows of batchesOf(path, signal)) {
        const frame = fromRows(fields, rows);
        yield request.columns === null ? frame : select(frame, request.columns);
        signal.throwIfAborted();
      }
    },
  };
}

/** The digest of a file's bytes, of which few are in memory at once. */
async function digestOfFile(path: string): Promise<Digest> {
  const sha256 = createHash("sha256");
  for await (const bytes of createReadStream(path)) sha256.update(bytes as Uint8Array);
  return `sha256:${sha256.digest("hex")}` as Digest;
}

/** Throws SOURCE_NO_FILE, with what the system says of the file. */
function noFile(path: string): (cause: unknown) => never {
  return (cause) => {
    throw new MillraceError({ code: "SOURCE_NO_FILE", message: `${path} cannot be read: ${(cause as Error).message}`, mend: "Check `file`, which starts at the config's folder.", cause, facts: { file: path } });
  };
}

function refuseUnknown({ partition, columns, asOf, keys }: ReadRequest, file: string, names: readonly string[]): void {
  if (partition.id !== file) throw new MillraceError({ code: "SOURCE_NO_PARTITION", message: `There is no partition "${partition.id}".`, mend: `Read "${file}".` });
  if (asOf !== null || keys !== null) throw new MillraceError({ code: "SOURCE_PARAMETER", message: "A file knows no times and keys.", mend: "Read it with asOf and keys null." });
  const unknown = (columns ?? []).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new MillraceError({ code: "SOURCE_NO_COLUMN", message: `The file has no column "${unknown}".`, mend: suggest(unknown, names) });
}

/** The rows of a file, so many at once, none of the batches empty. */
async function* batchesOf(path: string, signal: AbortSignal): AsyncGenerator<readonly Row[]> {
  signal.throwIfAborted();
  const stream = (await open(path).catch(noFile(path))).createReadStream({ encoding: "utf8" });
  let rows: Row[] = [];
  let line = 0;
  try {
    for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
      line++;
      if (text.trim() !== "") rows.push(parseLine(text, path, line));
      if (rows.length < BATCH_ROWS) continue;
      signal.throwIfAborted();
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  } finally {
    stream.destroy();
  }
}

function parseLine(text: string, path: string, line: number): Row {
  try {
    return JSON.parse(text) as Row;
  } catch (cause) {
    throw new MillraceError({ code: "SOURCE_LINE", message: `${path}:${line} is no JSON.`, mend: "Mend the line.", cause, facts: { file: path, line } });
  }
}
