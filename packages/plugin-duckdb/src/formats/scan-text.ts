import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { MillraceError } from "@millrace/core/plugin";
import type { LocatedFile } from "../files/locate.js";

/** What one pass over a text file tells. */
export interface TextScan {
  /** Its first bytes, at most 1 MiB, without a byte order mark. */
  readonly head: string;
  readonly isEmpty: boolean;
  readonly isGzip: boolean;
  /** Lines end now in CR LF, now in LF alone, which DuckDB's strict parser refuses. */
  readonly hasMixedLineEnds: boolean;
}

const HEAD_BYTES = 2 ** 20;
const [LF, CR] = [10, 13];

/** The file's bytes, unpacked where they are gzip's. Throws SOURCE_BAD_FILE where the packed stream is cut off or damaged. */
export async function* readBytes(file: LocatedFile): AsyncIterable<Buffer> {
  const raw = createReadStream(file.path, { highWaterMark: 2 ** 18 });
  if (!(await isGzip(file))) return yield* raw;
  const unpacked = raw.pipe(createGunzip({ chunkSize: 2 ** 18 }));
  raw.on("error", (error) => unpacked.destroy(error));
  try {
    yield* unpacked;
  } catch (cause) {
    throw new MillraceError({
      code: "SOURCE_BAD_FILE",
      message: `The file "${file.name}" is not a whole gzip file: ${(cause as Error).message}.`,
      mend: "Copy or pack the file again.",
      cause,
      facts: { path: file.name },
    });
  } finally {
    raw.destroy();
  }
}

/** The file's text in pieces, without a byte order mark. Throws SOURCE_BAD_FILE. */
export async function* readText(file: LocatedFile): AsyncIterable<string> {
  const decoder = new TextDecoder();
  for await (const chunk of readBytes(file)) yield decoder.decode(chunk, { stream: true });
}

/** By its first bytes, not by its name: what comes out of a file then follows from its content alone. */
export async function isGzip(file: LocatedFile): Promise<boolean> {
  const handle = await open(file.path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

/** Reads the file once, in constant memory. Throws SOURCE_BAD_FILE. */
export async function scanText(file: LocatedFile): Promise<TextScan> {
  const head: Buffer[] = [];
  let bytes = 0;
  let crLf = false;
  let lf = false;
  let endsInCr = false;
  for await (const chunk of readBytes(file)) {
    if (bytes < HEAD_BYTES) head.push(chunk);
    bytes += chunk.length;
    const found = lineEnds(chunk, endsInCr);
    crLf ||= found.crLf;
    lf ||= found.lf;
    endsInCr = chunk[chunk.length - 1] === CR;
  }
  const start = Buffer.concat(head).subarray(0, HEAD_BYTES);
  if (isUtf16(start)) throw utf16(file);
  const text = start.toString("utf8");
  return { head: text.replace(/^\uFEFF/, ""), isEmpty: bytes === 0, isGzip: await isGzip(file), hasMixedLineEnds: crLf && lf };
}

/** By its byte order mark; without one, by text of which every second byte is 0. */
function isUtf16(start: Buffer): boolean {
  if (start.length < 2) return false;
  const mark = start.readUInt16BE(0);
  if (mark === 0xfeff || mark === 0xfffe) return true;
  const some = start.subarray(0, 256);
  const zeros = [0, 1].map((parity) => some.filter((byte, at) => byte === 0 && at % 2 === parity).length);
  return Math.max(...zeros) > some.length / 4;
}

function utf16(file: LocatedFile): MillraceError {
  return new MillraceError({ code: "SOURCE_BAD_FILE", message: `The file "${file.name}" is UTF-16, not UTF-8.`, mend: "Save the file as UTF-8.", facts: { path: file.name } });
}

function lineEnds(chunk: Buffer, afterCr: boolean): { crLf: boolean; lf: boolean } {
  let crLf = false;
  let lf = false;
  for (let at = chunk.indexOf(LF); at !== -1 && !(crLf && lf); at = chunk.indexOf(LF, at + 1)) {
    if (at === 0 ? afterCr : chunk[at - 1] === CR) crLf = true;
    else lf = true;
  }
  return { crLf, lf };
}
