import { concat, MillraceError, take, type Frame, type Plugin, type PluginContext, type Source } from "@millrace/core";
import { createExtension, createRegistry } from "@millrace/core/engine";
import { sourceOf } from "../file-formats.js";
import { mendedFor, useOf, type FileSource } from "./file-source.js";

/** Rows of a file, spread evenly over it, and how it is read. */
export interface Sample {
  readonly source: FileSource;
  readonly frame: Frame;
  /** Rows that were read; more than the frame has where the file is long. */
  readonly rows: number;
  /** Columns that are read as text or left out since they cannot be read as they are, with why. */
  readonly mended: ReadonlyMap<string, string>;
}

/** Rows to keep; at most twice as many. */
const KEPT_ROWS = 50_000;
/** Rows to read, about: what a longer file holds behind them is not looked at. */
const MOST_ROWS = 5_000_000;

/** Reads rows as a run would read them. Throws what reading throws where no other way of reading helps, INIT_NO_ROWS, and DATA_EMPTY. */
export async function readSample(plugins: readonly Plugin[], start: FileSource, context: PluginContext): Promise<Sample> {
  const registry = createRegistry(plugins);
  const mended = new Map<string, string>();
  let source = start;
  for (;;) {
    try {
      return { source, mended, ...(await readRows(await createExtension(registry, useOf(source), context), source.file)) };
    } catch (error) {
      // The query is ours: it left out every column.
      if (MillraceError.is(error, "SOURCE_SQL") && source.leftOut.length > 0) throw noColumns(source, mended);
      const next = MillraceError.is(error) ? mendedFor(source, error) : null;
      if (next === null || mended.has(next.column)) throw error;
      mended.set(next.column, next.why);
      source = next.source;
    }
  }
}

function noColumns({ file, leftOut }: FileSource, mended: ReadonlyMap<string, string>): MillraceError {
  const why = leftOut.slice(0, 3).map((name) => mended.get(name)).join(" ");
  return new MillraceError({
    code: "INIT_NO_ROWS",
    message: `No column of ${file} can be read. ${why}`,
    mend: sourceOf(file, {}).name === "json" ? 'Write the rows as one array of objects, [{"a": 1}, {"a": 2}], or as one object a line, each with numbers, texts or booleans; an object round them is not looked into.' : "Give a file with columns of numbers, texts, times or booleans.",
    facts: { file, columns: leftOut },
  });
}

async function readRows(source: Source, file: string): Promise<{ readonly frame: Frame; readonly rows: number }> {
  await refuseReserved(source);
  let kept: Frame[] = [];
  let stride = 1;
  let rows = 0;
  for await (const batch of batchesOf(source)) {
    kept.push(everyNth(batch, stride, rows));
    rows += batch.length;
    while (kept.reduce((sum, { length }) => sum + length, 0) > 2 * KEPT_ROWS) {
      kept = [everyNth(concat(kept as [Frame, ...Frame[]]), 2, 0)];
      stride *= 2;
    }
    if (rows >= MOST_ROWS) break;
  }
  if (rows === 0) throw new MillraceError({ code: "DATA_EMPTY", message: `The file ${file} has no rows, only names of columns.`, mend: "Give a file with rows.", facts: { file } });
  return { frame: concat(kept as [Frame, ...Frame[]]), rows };
}

async function* batchesOf(source: Source): AsyncGenerator<Frame> {
  for (const partition of await source.partitions()) yield* source.read({ partition, columns: null, asOf: null, keys: null }, new AbortController().signal);
}

/** The rows whose number, counted from `first`, is a multiple of `stride`. */
function everyNth(frame: Frame, stride: number, first: number): Frame {
  if (stride === 1) return frame;
  const offset = (stride - (first % stride)) % stride;
  return take(frame, Int32Array.from({ length: Math.max(0, Math.ceil((frame.length - offset) / stride)) }, (_, index) => offset + index * stride));
}

/** Throws DATA_RESERVED_NAME, as a run would. */
async function refuseReserved(source: Source): Promise<void> {
  const reserved = (await source.fields()).find(({ name }) => name.startsWith("$"));
  if (reserved === undefined) return;
  throw new MillraceError({ code: "DATA_RESERVED_NAME", message: `Column "${reserved.name}" begins with "$", which is reserved.`, mend: "Rename the column in the source.", facts: { column: reserved.name } });
}
