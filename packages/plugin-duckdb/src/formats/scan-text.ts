import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { MillraceError } from "@millrace/core";
import type { LocatedFile } from "../files/locate.js";

/** What one pass over a text file tells. */
export interface TextScan {
  /** Its first bytes, at most 1 MiB, without a byte order mark. */
  readonly head: string;
  readonly isEmpty: boolean;
  /** Lines end now in CR LF, now in LF alone, which DuckDB's strict parser refuses. */
  readonly hasMixedLineEnds: boolean;
}

const HEAD_BYTES = 2 ** 20;
const [LF, CR] = [10, 13];

/** The file's bytes, unpacked where its name ends in `.gz`. Throws SOURCE_BAD_FILE where the packed stream is cut off or damaged. */
export async function* readBytes(file: LocatedFile): AsyncIterable<Buffer> {
  const raw = createReadStream(file.path, { highWaterMark: 2 ** 18 });
  if (!isGzip(file)) return yield* raw;
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

export function isGzip(file: LocatedFile): boolean {
  return /\.gz(#\d+)?$/i.test(file.name);
}

/** Reads the file once, in constant memory. */
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
  const text = Buffer.concat(head).subarray(0, HEAD_BYTES).toString("utf8");
  return { head: text.replace(/^\uFEFF/, ""), isEmpty: bytes === 0, hasMixedLineEnds: crLf && lf };
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
