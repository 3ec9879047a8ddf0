import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDigest, MillraceError, putBytes, readBytes, scratchName, type ArtifactStore, type Digest, type Log, type ModelVersion } from "@millrace/core";
import type { Catalogue } from "./wanted.js";

/** Where what is served is kept beside the store, so that a server starts without it. */
export interface CachePlace {
  readonly folder: string;
  readonly artifacts: ArtifactStore;
}

export interface BundleCache {
  /** The source's artifacts; those that it lacks, or gives damaged, from the cache. Either way the bytes have the digest. */
  readonly artifacts: ArtifactStore;
  /** Keeps what is served now, and nothing else. A cache that cannot be written is logged once, and done without. */
  keep(served: Catalogue): Promise<void>;
  /** What was kept last; null: nothing. */
  last(): Promise<Catalogue | null>;
}

const FILE = "served.json";

export function createBundleCache(source: ArtifactStore, { folder, artifacts: kept }: CachePlace, log: Log): BundleCache {
  let isBroken = false;
  let saved = "";
  const artifacts: ArtifactStore = {
    ...source,
    async *get(id) {
      let bytes: Uint8Array;
      try {
        bytes = await readBytes(source, id);
      } catch (error) {
        bytes = await readBytes(kept, id).catch(() => {
          throw error;
        });
        log.warn({ id, code: MillraceError.is(error) ? error.code : undefined }, "an artifact comes from the server's cache: its own place does not give it");
      }
      yield bytes;
    },
  };
  async function write(served: Catalogue): Promise<void> {
    const ids = new Set(served.versions.flatMap(idsOf));
    const there = new Set<Digest>();
    for await (const { id } of kept.list()) {
      if (ids.has(id)) there.add(id);
      else await kept.remove(id);
    }
    for (const id of ids) if (!there.has(id)) await putBytes(kept, await readBytes(artifacts, id));
    await mkdir(folder, { recursive: true });
    const draft = join(folder, scratchName(FILE));
    await writeFile(draft, JSON.stringify(served));
    await rename(draft, join(folder, FILE));
  }
  return {
    artifacts,
    async keep(served) {
      const text = JSON.stringify(served);
      if (isBroken || text === saved || served.versions.length === 0) return;
      try {
        await write(served);
        saved = text;
      } catch (error) {
        isBroken = true;
        log.warn({ err: error }, "the server's cache cannot be written: without the store the server will not start");
      }
    },
    async last() {
      const text = await readFile(join(folder, FILE), "utf8").catch(() => null);
      try {
        return text === null ? null : (JSON.parse(text) as Catalogue);
      } catch {
        return null;
      }
    },
  };
}

/** All that loading a version reads. */
function idsOf({ onnx, signature, certificate, golden, lineage }: ModelVersion): readonly Digest[] {
  return [onnx, signature, certificate, golden, lineage].filter(isDigest);
}
