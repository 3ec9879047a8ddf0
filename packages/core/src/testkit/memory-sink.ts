import type { Sink } from "../contracts/sink.js";
import type { Row } from "../frame/rows.js";
import { toRows } from "../frame/rows.js";
import { canonicalJson, digestOf } from "../fold/digest.js";
import type { Json } from "../contracts/json.js";

/** What a memory sink wrote: the rows of each part. */
export type MemoryParts = Map<string, readonly Row[]>;

/** A sink that keeps rows by part; no batch at all leaves the part as it is. */
export function createMemorySink(parts: MemoryParts = new Map()): Sink {
  return {
    async write(part, batches, signal) {
      signal.throwIfAborted();
      const rows: Row[] = [];
      let hasBatch = false;
      for await (const batch of batches) {
        signal.throwIfAborted();
        hasBatch = true;
        rows.push(...toRows(batch));
      }
      signal.throwIfAborted();
      if (hasBatch) parts.set(part, rows);
      return { rows: rows.length, digest: digestOf(rows.map((row) => canonicalJson(row as Json)).join("\n")) };
    },
  };
}
