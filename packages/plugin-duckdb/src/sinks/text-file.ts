import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

/** Writes texts to a file as UTF-8, packed where asked; a slow disk slows the texts down. */
export async function writeTexts(path: string, texts: AsyncIterable<string>, isPacked: boolean, signal: AbortSignal): Promise<void> {
  const source = Readable.from(texts, { objectMode: true });
  // The header of gzip holds no time in Node, so that the same rows are the same bytes.
  await (isPacked ? pipeline(source, createGzip(), createWriteStream(path), { signal }) : pipeline(source, createWriteStream(path), { signal }));
}
