import { createHash } from "node:crypto";
import type { Allocate } from "../contracts/allocate.js";
import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import type { Json } from "../contracts/json.js";
import { MillraceError } from "../errors/millrace-error.js";
import { canonicalJson } from "../fold/digest.js";

/** All bytes of an artifact, in memory from `allocate` where the store knows how. Throws ARTIFACT_MISSING, and ARTIFACT_DAMAGED before any byte is returned. */
export async function readBytes(artifacts: ArtifactStore, id: Digest, allocate?: Allocate): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of artifacts.get(id, allocate)) chunks.push(chunk);
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

export function putBytes(artifacts: ArtifactStore, bytes: Uint8Array): Promise<Digest> {
  return artifacts.put(once(bytes));
}

/** Canonical JSON (RFC 8785), so that equal values are one artifact. Throws DIGEST_NOT_JSON. */
export async function putJson(artifacts: ArtifactStore, json: Json): Promise<Digest> {
  return putBytes(artifacts, Buffer.from(canonicalJson(json), "utf8"));
}

/** The caller states the type: who wrote the artifact knows it. */
export async function readJson<T = Json>(artifacts: ArtifactStore, id: Digest): Promise<T> {
  return JSON.parse(Buffer.from(await readBytes(artifacts, id)).toString("utf8")) as T;
}

export async function hasArtifact(artifacts: ArtifactStore, id: Digest): Promise<boolean> {
  for await (const _ of artifacts.list([id])) return true;
  return false;
}

/** The same chunks, hashed as they pass (1.4 GB/s); throws ARTIFACT_DAMAGED behind the last one where they are not those of `id`. `place`: the file that they come from, for the message. */
export async function* verified(id: Digest, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, place: string | null = null): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash("sha256");
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  const found = `sha256:${hash.digest("hex")}`;
  if (found !== id) throw artifactDamaged(id, found, place);
}

export function artifactMissing(id: string): MillraceError {
  return new MillraceError({
    code: "ARTIFACT_MISSING",
    message: `The artifact ${id} is not there.`,
    mend: "Run the task that makes it again: millrace run.",
    facts: { id },
  });
}

/** `place`: the file or object that holds the bytes, where there is one to name. */
export function artifactDamaged(id: string, found: string, place: string | null = null): MillraceError {
  return new MillraceError({
    code: "ARTIFACT_DAMAGED",
    message: `The artifact ${id} is damaged: ${place === null ? "its bytes" : `the bytes of ${place}`} now have the digest ${found}.`,
    mend: `Remove ${place ?? "the damaged file"}, and run the task that makes it again: millrace run.`,
    facts: { id, found, place },
  });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
