import type { DuckDBDataChunk, DuckDBResult } from "@duckdb/node-api";
import { type Batches, createFrame, type Field, type Frame, requireHeap, widthOf } from "@millrace/core";
import type { Database } from "../database/open.js";
import type { ColumnLayout } from "./layout.js";
import { rawVector } from "./raw-vector.js";

/** A batch is what the core keeps as one part of a source. */
const MOST_ROWS = 262_144;
const MOST_BYTES = 64 * 2 ** 20;
const CHUNK_ROWS = 2048;

/** Rows of a batch: a function of the columns alone, so that batches do not depend on the machine. */
export function batchRows(fields: readonly Field[]): number {
  const rowBytes = fields.reduce((sum, field) => sum + (BYTES[field.dtype] ?? 8) * widthOf(field), 0);
  const rows = Math.min(MOST_ROWS, Math.floor(MOST_BYTES / Math.max(1, rowBytes)));
  return Math.max(CHUNK_ROWS, rows - (rows % CHUNK_ROWS));
}

const BYTES: Partial<Record<Field["dtype"], number>> = { bool: 1, uint8: 1, int32: 4, float32: 4, string: 4, bytes: 256 };

/**
 * Streams a query as frames. DuckDB works on the next chunk (on a thread of its own) while this one is copied. When the signal
 * fires, its reason is thrown; the database was opened with the same signal, and ends what DuckDB does. A query that fails behind its first
 * rows throws: the binding ends such a stream as it ends any other (https://github.com/duckdb/duckdb-rs/pull/832), so that a row of our own
 * has to come last.
 */
export async function* streamBatches(database: Database, query: string, layouts: readonly ColumnLayout[], signal: AbortSignal): Batches {
  signal.throwIfAborted();
  let next: Promise<DuckDBDataChunk | null> | null = null;
  try {
    const result: DuckDBResult = await database.connection.stream(withLastRow(query, layouts.length));
    next = result.fetchChunk();
    const assemble = assembler(layouts);
    for (;;) {
      const chunk: DuckDBDataChunk | null = await next;
      signal.throwIfAborted();
      requireHeap("Reading the source");
      if (chunk === null || chunk.rowCount === 0) {
        next = null;
        throw await failureOf(database, query);
      }
      const isLast = endsWithLastRow(chunk);
      next = isLast ? null : result.fetchChunk();
      for (const frame of assemble.add(chunk, chunk.rowCount - (isLast ? 1 : 0))) {
        // Nothing native is under way while others have the frame: a thread whose heap they fill ends with an error, but below a callback of the binding the process aborts.
        await next?.catch(() => null);
        yield frame;
      }
      if (isLast) break;
    }
    yield* assemble.rest();
    signal.throwIfAborted();
  } finally {
    if (next !== null) {
      database.interrupt();
      // The failure of a chunk that nobody waits for any more is not news.
      await next.catch(() => null);
    }
  }
}

/** The query with a column before its own, which is true in a row of its own behind all others. */
function withLastRow(query: string, columns: number): string {
  // Where no column is wanted, the query gives one all the same.
  return `SELECT false, * FROM (${query}\n) UNION ALL SELECT true${", NULL".repeat(Math.max(1, columns))}`;
}

function endsWithLastRow(chunk: DuckDBDataChunk): boolean {
  const { dataView } = rawVector(chunk.getColumnVector(0));
  return dataView.getUint8(chunk.rowCount - 1) === 1;
}

/** Why a query ended early: it is run again to its end, with nothing of it kept, since the binding told nothing. */
async function failureOf(database: Database, query: string): Promise<unknown> {
  try {
    await database.connection.run(`SELECT max(hash(every)) FROM (${query}\n) AS every`);
  } catch (error) {
    return error;
  }
  return new Error("DuckDB ended before the last row, and did not say why.");
}

function assembler(layouts: readonly ColumnLayout[]): { add(chunk: DuckDBDataChunk, rows: number): Generator<Frame>; rest(): Generator<Frame> } {
  const fields = layouts.map(({ field }) => field);
  const capacity = batchRows(fields);
  const readers = layouts.map((layout) => layout.reader(capacity));
  let length = 0;
  const finish = (): Frame => {
    const frame = createFrame(fields, readers.map((reader) => reader.finish()), length);
    length = 0;
    return frame;
  };
  return {
    *add(chunk, rows) {
      for (let from = 0; from < rows; ) {
        const count = Math.min(rows - from, capacity - length);
        readers.forEach((reader, index) => reader.add(chunk.getColumnVector(index + 1), from, count));
        length += count;
        from += count;
        if (length === capacity) yield finish();
      }
    },
    *rest() {
      if (length > 0) yield finish();
    },
  };
}
