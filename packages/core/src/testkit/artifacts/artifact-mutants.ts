import type { ArtifactStore } from "../../contracts/artifact-store.js";
import type { Digest } from "../../contracts/digest.js";
import { digestOf, isDigest } from "../../fold/digest.js";
import { readBytes } from "../../record/artifact-bytes.js";

/** An artifact store with one mistake; `bytes` is what its handles share. */
export type ArtifactsMutant = (artifacts: ArtifactStore, bytes: Map<Digest, Uint8Array>) => ArtifactStore;

/** By the law that is to break: a mistake that an author could make. */
export const artifactMutants: Record<string, ArtifactsMutant> = {
  "put answers with the sha256 of the bytes, and get gives them back": (artifacts) => {
    const puts = new Map<Digest, number>();
    return {
      ...artifacts,
      async put(chunks) {
        const id = await artifacts.put(chunks);
        puts.set(id, (puts.get(id) ?? 0) + 1);
        return id;
      },
      async *get(id) {
        const whole = await readBytes(artifacts, id);
        const isFirst = puts.get(id) === 1 && whole.byteLength < 5;
        puts.delete(id);
        yield isFirst ? Uint8Array.from(whole).reverse() : whole;
      },
    };
  },
  "no bytes are an artifact too": (artifacts) => ({
    ...artifacts,
    async put(chunks) {
      const whole = await collect(chunks);
      if (whole.byteLength === 0) throw new Error("nothing to put");
      return artifacts.put(some(whole));
    },
  }),
  "the same bytes put again, in other chunks, are one artifact": (artifacts, bytes) => ({
    ...artifacts,
    async put(chunks) {
      const id = await artifacts.put(chunks);
      if (bytes.get(id)!.byteLength < 10) bytes.set(`${id} ${bytes.size}` as Digest, bytes.get(id)!);
      return id;
    },
  }),
  "10 MB in uneven chunks come back as they were": (artifacts) => ({
    ...artifacts,
    async put(chunks) {
      const whole = await collect(chunks);
      if (whole.byteLength > 5_000_000) throw new Error("too large");
      return artifacts.put(some(whole));
    },
  }),
  "a writer may fill one buffer again and again": (artifacts) => ({
    ...artifacts,
    async put(chunks) {
      const all: Uint8Array[] = [];
      for await (const chunk of chunks) all.push(chunk);
      return artifacts.put(some(...all));
    },
  }),
  "list tells what is there: those asked for, or all, each once": (artifacts, bytes) => ({
    ...artifacts,
    async *list(ids = [...bytes.keys()]) {
      for (const id of ids) yield* artifacts.list([id]);
    },
  }),
  "a stamp stays while nothing writes, and changes with the bytes": (artifacts) => ({
    ...artifacts,
    async *list(ids) {
      for await (const each of artifacts.list(ids)) yield { ...each, stamp: String(each.sizeBytes) };
    },
  }),
  "what is not there is ARTIFACT_MISSING": (artifacts, bytes) => ({ ...artifacts, get: (id) => (bytes.has(id) || !id.endsWith("0000") ? artifacts.get(id) : some()) }),
  "a text that is no digest is an artifact that is not there": (artifacts) => ({
    ...artifacts,
    async *list(ids) {
      if (ids?.every(isDigest) === false) throw new Error("no digest");
      yield* artifacts.list(ids);
    },
  }),
  "a damaged artifact is ARTIFACT_DAMAGED": (artifacts, bytes) => ({ ...artifacts, get: (id) => (bytes.has(id) ? some(Uint8Array.from(bytes.get(id)!)) : artifacts.get(id)) }),
  "putting the bytes again mends a damaged artifact": (artifacts, bytes) => ({
    ...artifacts,
    async put(chunks) {
      const whole = await collect(chunks);
      return bytes.has(digestOf(whole)) ? digestOf(whole) : artifacts.put(some(whole));
    },
  }),
  "a put whose bytes fail throws their error and leaves nothing": (artifacts, bytes) => ({
    ...artifacts,
    async put(chunks) {
      bytes.set("draft" as Digest, new Uint8Array(0));
      const id = await artifacts.put(chunks);
      bytes.delete("draft" as Digest);
      return id;
    },
  }),
  "an artifact is not seen before its last byte": (artifacts, bytes) => ({
    ...artifacts,
    put: (chunks) =>
      artifacts.put(
        (async function* () {
          const seen: Uint8Array[] = [];
          for await (const chunk of chunks) {
            seen.push(Uint8Array.from(chunk));
            yield chunk;
            if (chunk.byteLength === 1_000_000 && seen.length === 2) bytes.set(digestOf(Buffer.concat(seen)), Buffer.concat(seen));
          }
        })(),
      ),
  }),
  "remove removes one artifact, and does nothing where it is not there": (artifacts, bytes) => ({
    ...artifacts,
    async remove(id) {
      if (isDigest(id) && !bytes.has(id)) throw new Error("not there");
      await artifacts.remove(id);
    },
  }),
  "what was removed can be put again": (artifacts) => {
    const removed = new Set<Digest>();
    return {
      ...artifacts,
      async put(chunks) {
        const id = await artifacts.put(chunks);
        if (removed.has(id)) await artifacts.remove(id);
        return id;
      },
      async remove(id) {
        removed.add(id);
        await artifacts.remove(id);
      },
    };
  },
  "concurrent puts of the same bytes, by two handles, are one artifact": (artifacts, bytes) => {
    const draft = "draft" as Digest;
    return {
      ...artifacts,
      async put(chunks) {
        const whole = await collect(chunks);
        if (bytes.has(draft) && Buffer.compare(bytes.get(draft)!, whole) === 0) throw new Error("the draft exists");
        bytes.set(draft, whole);
        await new Promise((resolve) => setImmediate(resolve));
        bytes.delete(draft);
        return artifacts.put(some(whole));
      },
    };
  },
  "concurrent puts of different bytes are kept apart": (artifacts) => {
    let draft: Uint8Array = new Uint8Array(0);
    return {
      ...artifacts,
      async put(chunks) {
        const whole = await collect(chunks);
        draft = whole;
        await new Promise((resolve) => setImmediate(resolve));
        return artifacts.put(some(whole.byteLength === 70_000 ? draft : whole));
      },
    };
  },
  "an artifact can be read by several at once, and again": (artifacts) => {
    const reading = new Set<Digest>();
    return {
      ...artifacts,
      async *get(id) {
        if (reading.has(id)) throw new Error("locked");
        reading.add(id);
        try {
          yield* artifacts.get(id);
        } finally {
          reading.delete(id);
        }
      },
    };
  },
  "a reader may stop early": (artifacts) => {
    let isStuck = false;
    return {
      ...artifacts,
      async *get(id) {
        const whole = await readBytes(artifacts, id);
        if (isStuck) throw new Error("stuck");
        let isRead = false;
        try {
          yield whole;
          isRead = true;
        } finally {
          isStuck = !isRead;
        }
      },
    };
  },
  "changing what was read changes nothing": (artifacts) => {
    const kept = new Map<Digest, Uint8Array>();
    return {
      ...artifacts,
      async *get(id) {
        const whole = await readBytes(artifacts, id);
        if (!kept.has(id)) kept.set(id, whole);
        yield kept.get(id)!;
      },
    };
  },
  "what one handle put another reads": (artifacts) => {
    const own = new Map<Digest, Uint8Array>();
    return {
      ...artifacts,
      async put(chunks) {
        const whole = await collect(chunks);
        const id = await artifacts.put(some(whole));
        own.set(id, whole);
        return id;
      },
      async *list(ids) {
        for await (const each of artifacts.list(ids)) if (own.has(each.id)) yield each;
      },
    };
  },
};

async function* some(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(Uint8Array.from(chunk));
  return Buffer.concat(all);
}
