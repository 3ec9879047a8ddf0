import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { isMainThread } from "node:worker_threads";
import type { Allocate } from "@millrace/core/plugin";

/** What is no larger comes as one chunk, in a buffer of its own: whoever wants all of it need not join chunks. */
const WHOLE_BYTES = 1 << 26;
const READ_BYTES = 1 << 20;

/**
 * The bytes of a file, in memory from `allocate` where they are one chunk. A thread that runs a task has nothing to do meanwhile and reads by
 * itself: where all threads are busy, the four ways to libuv's pool and back took as long as the reading (3 ms of 15 MB). The main thread, which answers others, never waits for a disk.
 */
export async function* chunksOf(path: string, allocate: Allocate, isAlone = !isMainThread): AsyncGenerator<Uint8Array, void, undefined> {
  const whole = isAlone ? readHere(path, allocate) : null;
  if (whole === null) yield* readElsewhere(path, allocate);
  else yield whole;
}

/** Null: the file is too large for one chunk. */
function readHere(path: string, allocate: Allocate): Uint8Array | null {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    if (size > WHOLE_BYTES) return null;
    const bytes = allocate(size);
    let at = 0;
    for (let read = -1; read !== 0 && at < size; at += read) read = readSync(file, bytes, at, size - at, at);
    return bytes.subarray(0, at);
  } finally {
    closeSync(file);
  }
}

async function* readElsewhere(path: string, allocate: Allocate): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size <= WHOLE_BYTES) yield await readWhole(file, allocate(size));
    else yield* file.createReadStream({ highWaterMark: READ_BYTES, autoClose: false }) as AsyncIterable<Uint8Array>;
  } finally {
    await file.close();
  }
}

async function readWhole(file: FileHandle, bytes: Uint8Array): Promise<Uint8Array> {
  let at = 0;
  while (at < bytes.byteLength) {
    const { bytesRead } = await file.read(bytes, at, bytes.byteLength - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}
