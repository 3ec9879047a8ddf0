import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { access, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { artifactMissing, isDigest, verified, type ArtifactStore, type Digest, type Out, type PluginContext } from "@millrace/core";
import { folderError } from "./folder-error.js";
import type { folderOptions } from "./folder.options.js";
import { createScratch } from "./folder-scratch.js";

const READ_BYTES = 1 << 20;

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
    async *get(id) {
      const path = pathOf(root, id);
      try {
        yield* verified(id, createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Uint8Array>);
      } catch (error) {
        throw isMissing(error) ? artifactMissing(id) : folderError(error, path);
      }
    },
    async has(id) {
      if (!isDigest(id)) return false;
      const path = pathOf(root, id);
      try {
        await access(path, constants.F_OK);
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw folderError(error, path);
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
