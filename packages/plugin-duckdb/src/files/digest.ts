import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Digest } from "@millrace/core/plugin";

const known = new Map<string, Promise<Digest>>();

/** sha256 of a file's bytes; within a process a file of the same path, size and time is hashed once. */
export async function digestFile(path: string): Promise<Digest> {
  const { size, mtimeMs, ino } = await stat(path);
  const key = `${path}\0${size}\0${mtimeMs}\0${ino}`;
  let digest = known.get(key);
  if (digest === undefined) {
    if (known.size >= 10_000) known.clear();
    digest = hash(path);
    known.set(key, digest);
    digest.catch(() => known.delete(key));
  }
  return digest;
}

async function hash(path: string): Promise<Digest> {
  const sha256 = createHash("sha256");
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) sha256.update(bytes as Buffer);
  return `sha256:${sha256.digest("hex")}` as Digest;
}
