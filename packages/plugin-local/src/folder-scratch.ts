import { mkdir, open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { removeAbandoned, scratchName } from "@millrace/core/plugin";
import { folderError } from "./folder-error.js";

/** Small chunks are joined up to this size, so that a writer of many needs few system calls. */
const WRITE_BYTES = 1 << 18;

/** A complete file that no reader sees yet. */
export interface Draft {
  /** Renames it into place, durably; whoever reads `path` finds all of it or nothing. */
  moveTo(path: string): Promise<void>;
}

export interface Scratch {
  /** All the bytes in a synced file; nothing is left where they cannot be read or written. */
  write(chunks: AsyncIterable<Uint8Array>): Promise<Draft>;
}

/** Drafts beside the artifacts, on the same file system, so that a rename is atomic. */
export function createScratch(root: string): Scratch {
  const folder = join(root, "tmp");
  let ready: Promise<void> | null = null;
  return {
    async write(chunks) {
      ready ??= prepare(folder);
      const path = join(folder, scratchName("draft"));
      try {
        await ready;
        await writeSynced(path, chunks);
      } catch (error) {
        ready = null;
        await rm(path, { force: true }).catch(() => {});
        throw folderError(error, path);
      }
      return { moveTo: (target) => move(path, target) };
    },
  };
}

async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
}

async function writeSynced(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, "wx");
  try {
    let waiting: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of chunks) {
      // A copy where it waits: its owner may write into it again.
      waiting.push(chunk.byteLength < WRITE_BYTES ? Uint8Array.from(chunk) : chunk);
      size += chunk.byteLength;
      if (size < WRITE_BYTES) continue;
      await writeAll(file, waiting);
      waiting = [];
      size = 0;
    }
    await writeAll(file, waiting);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  for (let bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks); bytes.byteLength > 0; ) {
    const { bytesWritten } = await file.write(bytes);
    bytes = bytes.subarray(bytesWritten);
  }
}

async function move(from: string, to: string): Promise<void> {
  try {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
    await syncFolder(dirname(to));
  } catch (error) {
    await rm(from, { force: true }).catch(() => {});
    throw folderError(error, to);
  }
}

/** The name is durable only when its folder is; Windows has no such call, and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
