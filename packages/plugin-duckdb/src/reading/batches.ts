import type { DuckDBDataChunk, DuckDBResult } from "@duckdb/node-api";
import { type Batches, createFrame, type Field, type Frame, widthOf } from "@millrace/core";
import type { Database } from "../database/open.js";
import type { ColumnLayout } from "./layout.js";

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
 * fires, its reason is thrown; the database was opened with the same signal, and ends what DuckDB does.
 */
export async function* streamBatches(database: Database, query: string, layouts: readonly ColumnLayout[], signal: AbortSignal): Batches {
  signal.throwIfAborted();
  let next: Promise<DuckDBDataChunk | null> | null = null;
  try {
    const result: DuckDBResult = await database.connection.stream(query);
    next = result.fetchChunk();
    const assemble = assembler(layouts);
    for (;;) {
      const chunk: DuckDBDataChunk | null = await next;
      signal.throwIfAborted();
      if (chunk === null || chunk.rowCount === 0) {
        next = null;
        break;
      }
      next = result.fetchChunk();
      yield* assemble.add(chunk);
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

function assembler(layouts: readonly ColumnLayout[]): { add(chunk: DuckDBDataChunk): Generator<Frame>; rest(): Generator<Frame> } {
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
    *add(chunk) {
      for (let from = 0; from < chunk.rowCount; ) {
        const count = Math.min(chunk.rowCount - from, capacity - length);
        readers.forEach((reader, index) => reader.add(chunk.getColumnVector(index), from, count));
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
