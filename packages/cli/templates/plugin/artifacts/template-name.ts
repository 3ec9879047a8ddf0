import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { artifactDamaged, artifactMissing, isDigest, verified, type ArtifactStore, type Digest, type Out, type PluginContext } from "@millrace/core";
import type { templateNameOptions } from "./template-name.options.js";

/** Artifacts as gzip files by the digest of what is in them; written beside, and renamed into their place. */
export function createTemplateName({ folder: name, level }: Out<typeof templateNameOptions>, { folder }: Pick<PluginContext, "folder">): ArtifactStore {
  const root = resolve(folder, name);
  return {
    async put(chunks) {
      const hash = createHash("sha256");
      const draft = join(root, "drafts", randomUUID());
      await mkdir(dirname(draft), { recursive: true });
      try {
        await pipeline(hashed(chunks, (chunk) => hash.update(chunk)), createGzip({ level }), createWriteStream(draft));
        const id = `sha256:${hash.digest("hex")}` as Digest;
        await mkdir(dirname(fileOf(root, id)), { recursive: true });
        await rename(draft, fileOf(root, id));
        return id;
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    async *get(id) {
      if (!isDigest(id)) throw artifactMissing(id);
      try {
        yield* verified(id, unzipped(fileOf(root, id)));
      } catch (error) {
        throw readError(error, id);
      }
    },
    async *list(ids) {
      for (const id of new Set(ids ?? (await allIds(root)))) {
        const found = isDigest(id) ? await stat(fileOf(root, id), { bigint: true }).catch(() => null) : null;
        if (found !== null) yield { id, sizeBytes: Number(found.size), stamp: `${found.size}-${found.mtimeNs}`, putAt: Number(found.ctimeMs) };
      }
    },
    async remove(id) {
      if (isDigest(id)) await rm(fileOf(root, id), { force: true });
    },
  };
}

function fileOf(root: string, id: Digest): string {
  const hex = id.slice("sha256:".length);
  return join(root, hex.slice(0, 2), `${hex.slice(2)}.gz`);
}

async function allIds(root: string): Promise<readonly Digest[]> {
  const files = await readdir(root, { recursive: true }).catch(() => []);
  return files.map((file) => `sha256:${file.replace(/[/\\]|\.gz$/g, "")}`).filter(isDigest);
}

function unzipped(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path);
  const bytes = createGunzip();
  // A pipe passes bytes on, and no errors.
  file.on("error", (error) => bytes.destroy(error));
  bytes.on("close", () => file.destroy());
  return file.pipe(bytes) as AsyncIterable<Uint8Array>;
}

/** Copies: a writer may fill one buffer again and again while the compressor still reads it. */
async function* hashed(chunks: AsyncIterable<Uint8Array>, add: (chunk: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    add(chunk);
    yield Uint8Array.from(chunk);
  }
}

/** A damaged file breaks the decompressor before its digest can be known. */
function readError(error: unknown, id: Digest): unknown {
  const { code } = error as { readonly code?: unknown };
  if (code === "ENOENT") return artifactMissing(id);
  return typeof code === "string" && code.startsWith("Z_") ? artifactDamaged(id, "(none: it cannot be decompressed)") : error;
}
