import { createHash } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { artifactMissing, isDigest, verified, type ArtifactStore, type Digest, type Out, type PluginContext, type StoredArtifact } from "@millrace/core/plugin";
import { folderError } from "./folder-error.js";
import { chunksOf } from "./folder-read.js";
import type { folderOptions } from "./folder.options.js";
import { createScratch } from "./folder-scratch.js";

/** Artifacts as files by digest (`ab/cdef...`), each written beside, synced, and renamed into place. */
export function folder(options: Out<typeof folderOptions>, context: Pick<PluginContext, "folder" | "home">): ArtifactStore {
  const root = options.path === undefined ? resolve(context.home, "artifacts") : resolve(context.folder, options.path);
  const scratch = createScratch(root);
  return {
    async put(chunks) {
      const hash = createHash("sha256");
      const draft = await scratch.write(hashed(chunks, (chunk) => hash.update(chunk)));
      const id = `sha256:${hash.digest("hex")}` as Digest;
      // Always renamed, also over the same bytes: putting a damaged artifact again mends it.
      await draft.moveTo(pathOf(root, id));
      return id;
    },
    async *get(id, allocate = Buffer.allocUnsafeSlow) {
      const path = pathOf(root, id);
      try {
        yield* verified(id, chunksOf(path, allocate), path);
      } catch (error) {
        throw isMissing(error) ? artifactMissing(id) : folderError(error, path);
      }
    },
    async *list(ids) {
      for await (const id of ids === undefined ? allIds(root) : new Set(ids)) {
        const found = isDigest(id) ? await describe(root, id) : null;
        if (found !== null) yield found;
      }
    },
    async remove(id) {
      if (!isDigest(id)) return;
      const path = pathOf(root, id);
      await rm(path, { force: true }).catch((error: unknown) => {
        throw folderError(error, path);
      });
    },
  };
}

/** Null where it is not there: another process may have removed it a moment ago. */
async function describe(root: string, id: Digest): Promise<StoredArtifact | null> {
  const path = pathOf(root, id);
  try {
    // In nanoseconds: two writes of one size may follow each other within a millisecond.
    const { size, mtimeNs, ctimeMs } = await stat(path, { bigint: true });
    return { id, sizeBytes: Number(size), stamp: `${size}-${mtimeNs}`, putAt: Number(ctimeMs) };
  } catch (error) {
    if (isMissing(error)) return null;
    throw folderError(error, path);
  }
}

/** Folders are read one by one, so that a store of any size is listed in little memory. */
async function* allIds(root: string): AsyncGenerator<Digest, void, undefined> {
  for (const shelf of await namesIn(root)) {
    if (!/^[0-9a-f]{2}$/.test(shelf)) continue;
    for (const rest of await namesIn(join(root, shelf))) {
      const id = `sha256:${shelf}${rest}`;
      if (isDigest(id)) yield id;
    }
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw folderError(error, folder);
  }
}

/** A digest is checked before it becomes a path. */
function pathOf(root: string, id: Digest): string {
  if (!isDigest(id)) throw artifactMissing(id);
  const hex = id.slice("sha256:".length);
  return join(root, hex.slice(0, 2), hex.slice(2));
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, add: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) {
    add(chunk);
    yield chunk;
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "ENOENT" || code === "ENOTDIR";
}
