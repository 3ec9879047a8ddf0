import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { LocatedFile } from "../files/locate.js";
import { readBytes } from "./scan-text.js";

const [LF, CR] = [10, 13];

/** Writes the file to `path` with every CR LF as LF; numbers of lines and all values stay (but for a CR LF inside a quoted value, which becomes LF). */
export async function writeWithOneLineEnd(file: LocatedFile, path: string): Promise<void> {
  await pipeline(Readable.from(withoutCr(readBytes(file))), createWriteStream(path));
}

async function* withoutCr(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let heldCr = false;
  for await (const chunk of chunks) {
    const out = Buffer.allocUnsafe(chunk.length + 1);
    let length = 0;
    for (const byte of chunk) {
      if (heldCr && byte !== LF) out[length++] = CR;
      heldCr = byte === CR;
      if (!heldCr) out[length++] = byte;
    }
    yield out.subarray(0, length);
  }
  if (heldCr) yield Buffer.from([CR]);
}
