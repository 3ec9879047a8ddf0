import type { Batches, Frame } from "../../contracts/frame.js";
import type { ReadRequest, Source } from "../../contracts/source.js";
import { digestOf } from "../../fold/digest.js";
import { slice, take } from "../../frame/take.js";

/** Makes a source with a mistake out of an honest one; called for each source that is created. */
export type SourceMutant = (source: Source) => Source;

let created = 0;

/** By the law that is to break: a mistake that an author could make. */
export const sourceMutants: Record<string, SourceMutant> = {
  "each field has a name of its own and a shape, and no categories": (source) => {
    const shapeless = (fields: Frame["fields"]): Frame["fields"] => fields.map((field) => ({ ...field, categories: [] }));
    return { ...mapBatches(source, (batch) => ({ ...batch, fields: shapeless(batch.fields) })), fields: async () => shapeless(await source.fields()) };
  },
  "batches have the fields that were promised": (source) => ({ ...source, fields: async () => (await source.fields()).map((field) => (field.dtype === "int32" ? { ...field, dtype: "int64" as const } : field)) }),
  "batches are canonical: one form for each value and for missing": (source) =>
    mapBatches(source, (batch) => ({
      ...batch,
      column(name) {
        const column = batch.column(name);
        return column.dtype === "string" ? { ...column, dictionary: [...column.dictionary, column.dictionary[1]!] } : column;
      },
    })),
  "a batch keeps its values while the next ones are read": (source) => ({
    ...source,
    async *read(request, signal) {
      let before: Frame | null = null;
      for await (const batch of source.read(request, signal)) {
        const fresh = take(batch, Int32Array.from({ length: batch.length }, (_, row) => row));
        yield fresh;
        before = fresh;
      }
      const column = before?.column(before.fields[0]!.name);
      if (column !== undefined && column.dtype === "int32") column.values[0] = column.values[0]! + 1;
    },
  }),
  "reading again gives the same rows in the same order": (source) => {
    let reads = 0;
    let running = 0;
    return {
      ...source,
      async *read(request, signal) {
        const isSecond = request.columns === null && request.partition.id === "first" && ++reads === 2;
        running++;
        try {
          for await (const batch of source.read(request, signal)) yield isSecond && batch.length === 5 && running === 1 ? rotated(batch) : batch;
        } finally {
          running--;
        }
      },
    };
  },
  "partitions have names of their own and digests, and stay the same": (source) => ({ ...source, partitions: async () => (await source.partitions()).map((each) => ({ ...each, digest: each.digest.toUpperCase() as typeof each.digest })) }),
  "another source with the same options has the same partitions and rows": (source) => {
    const own = ++created;
    return { ...source, partitions: async () => (await source.partitions()).map(({ id }) => ({ id, digest: digestOf(`${id} ${own}`) })) };
  },
  "columns come as asked for, in the order asked for": (source) => ({
    ...source,
    async *read(request, signal) {
      const names = (await source.fields()).map(({ name }) => name);
      const wanted = request.columns;
      yield* source.read({ ...request, columns: wanted === null || !wanted.every((name) => names.includes(name)) ? wanted : names.filter((name) => wanted.includes(name)) }, signal);
    },
  }),
  "a column that is not there is refused": (source) => ({
    ...source,
    async *read(request, signal) {
      const names = (await source.fields()).map(({ name }) => name);
      yield* source.read({ ...request, columns: request.columns?.filter((name) => names.includes(name)) ?? null }, signal);
    },
  }),
  "a partition that is not there is refused": (source) => ({ ...source, read: (request, signal) => (request.partition.id === "no such partition" ? nothing() : source.read(request, signal)) }),
  "a signal that has fired reads nothing": (source) => ({ ...source, read: (request, signal) => source.read(request, signal.aborted ? new AbortController().signal : signal) }),
  "a signal that fires behind a batch ends the read with an error": (source) => ({
    ...source,
    async *read(request, signal) {
      signal.throwIfAborted();
      for await (const batch of source.read(request, new AbortController().signal)) {
        if (signal.aborted) return;
        yield batch;
      }
    },
  }),
  "a read given up early leaves the next one whole": (source) => {
    let skip = 0;
    return {
      ...source,
      async *read(request, signal) {
        let isWhole = false;
        let index = 0;
        const skipped = skip;
        try {
          for await (const batch of source.read(request, signal)) if (index++ >= skipped) yield batch;
          isWhole = true;
        } finally {
          skip = isWhole || signal.aborted ? 0 : 1;
        }
      },
    };
  },
  "reads at once do not disturb each other": (source) => {
    let open = 0;
    return {
      ...source,
      async *read(request, signal) {
        open++;
        try {
          for await (const batch of source.read(request, signal)) yield open > 1 ? slice(batch, 0, batch.length - 1) : batch;
        } finally {
          open--;
        }
      },
    };
  },
  "lines of rows never go back, where rows have lines, and there is none behind the last row": (source) => ({ ...source, lines: async (_, rows) => rows.map((row) => row + 2) }),
  "times and keys that the source does not read are refused": (source) => ({ ...source, read: (request, signal) => source.read({ ...request, keys: null }, signal) }),
};

function mapBatches(source: Source, map: (batch: Frame) => Frame): Source {
  return {
    ...source,
    async *read(request: ReadRequest, signal: AbortSignal) {
      for await (const batch of source.read(request, signal)) yield map(batch);
    },
  };
}

/** Each batch with its first row last. */
function rotated(batch: Frame): Frame {
  return take(batch, Int32Array.from({ length: batch.length }, (_, row) => (row + 1) % batch.length));
}

async function* nothing(): Batches {}

