import { createHash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import type { Digest } from "@millrace/core/plugin";

const known = new Map<string, Promise<Digest>>();

/** The coarsest step of a file system's clock, in milliseconds: that of FAT. */
const TICK_MS = 2_000;

/** sha256 of a file's bytes; within a process a file of the same path, size and time is hashed once, unless it was written to so lately that a next change may have the same time. */
export async function digestFile(path: string): Promise<Digest> {
  const { size, mtimeMs, ino } = await stat(path);
  if (Date.now() - mtimeMs < TICK_MS) return hash(path);
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

const READ_BYTES = 1 << 20;

/** Into one buffer: fresh memory for every chunk costs more than the digest. */
async function hash(path: string): Promise<Digest> {
  const sha256 = createHash("sha256");
  await using file = await open(path);
  const memory = Buffer.allocUnsafeSlow(READ_BYTES);
  for (let read = await file.read(memory); read.bytesRead > 0; read = await file.read(memory)) sha256.update(memory.subarray(0, read.bytesRead));
  return `sha256:${sha256.digest("hex")}` as Digest;
}
