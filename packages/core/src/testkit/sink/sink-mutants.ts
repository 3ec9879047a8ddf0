import type { Batches } from "../../contracts/frame.js";
import type { Sink } from "../../contracts/sink.js";
import { digestOf } from "../../fold/digest.js";
import { createMemorySink, type MemoryParts } from "../memory-sink.js";

/** A sink with a mistake, over the place's parts. */
export type SinkMutant = (parts: MemoryParts) => Sink;

/** By the law that is to break: a mistake that an author could make. */
export const sinkMutants: Record<string, SinkMutant> = {
  "rows come back as they were written, missing values and odd texts too": (parts) => ({
    async write(part, batches, signal) {
      const told = await createMemorySink(parts).write(part, batches, signal);
      if (told.rows > 20) parts.set(part, parts.get(part)!.map((row) => (row["city"] === "007" ? { ...row, city: 7 } : row)));
      return told;
    },
  }),
  "it tells how many rows it wrote, and a digest": (parts) => told(parts, (given) => ({ ...given, rows: given.rows === 0 ? 0 : given.rows + 1 })),
  "the digest follows from the rows, not from where batches are cut": (parts) => told(parts, ({ rows }) => ({ rows, digest: digestOf(String(rows)) })),
  "the same part again has no second effect, whoever writes it": (parts) => ({
    async write(part, batches, signal) {
      const before = parts.get(part) ?? [];
      const given = await createMemorySink(parts).write(part, batches, signal);
      if (given.rows > 0) parts.set(part, [...before, ...parts.get(part)!]);
      return given;
    },
  }),
  "parts stand side by side, also when they are written at once": (parts) => {
    let draft: string | null = null;
    return {
      async write(part, batches, signal) {
        draft ??= part;
        try {
          return await createMemorySink(parts).write(draft, batches, signal);
        } finally {
          draft = null;
        }
      },
    };
  },
  "a part may have any name": (parts) => ({ write: (part, batches, signal) => createMemorySink(parts).write(part.toLowerCase(), batches, signal) }),
  "a part without rows is no error": (parts) => ({
    async write(part, batches, signal) {
      const isNew = !parts.has(part);
      const given = await createMemorySink(parts).write(part, batches, signal);
      if (given.rows === 0 && isNew) throw new TypeError("no first row to take the columns from");
      return given;
    },
  }),
  "a batch without rows empties a part; no batch at all leaves it as it was": (parts) => ({
    async write(part, batches, signal) {
      const before = parts.get(part);
      const given = await createMemorySink(parts).write(part, batches, signal);
      if (given.rows === 0 && before !== undefined) parts.delete(part);
      return given;
    },
  }),
  "rows that give out leave nothing, and their error comes through": (parts) => ({
    async write(part, batches, signal) {
      try {
        return await createMemorySink(parts).write(part, batches, signal);
      } catch (error) {
        throw signal.aborted ? error : new Error("writing failed");
      }
    },
  }),
  "rows that give out leave the part as it was before": (parts) => ({
    async write(part, batches, signal) {
      try {
        return await createMemorySink(parts).write(part, batches, signal);
      } catch (error) {
        parts.delete(part);
        throw error;
      }
    },
  }),
  "a signal that has fired writes nothing": (parts) => ({ write: (part, batches, signal) => createMemorySink(parts).write(part, batches, signal.aborted ? new AbortController().signal : signal) }),
  "a signal that fires between batches leaves nothing": (parts) => ({
    async write(part, batches, signal) {
      signal.throwIfAborted();
      return createMemorySink(parts).write(part, until(batches, signal), new AbortController().signal);
    },
  }),
};

function told(parts: MemoryParts, map: (given: Awaited<ReturnType<Sink["write"]>>) => Awaited<ReturnType<Sink["write"]>>): Sink {
  return { write: async (part, batches, signal) => map(await createMemorySink(parts).write(part, batches, signal)) };
}

/** Takes the end of the rows for the end of the part. */
async function* until(batches: Batches, signal: AbortSignal): Batches {
  for await (const batch of batches) {
    if (signal.aborted) return;
    yield batch;
  }
}
