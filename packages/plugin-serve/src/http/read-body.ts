import type { IncomingMessage } from "node:http";
import { gunzip, inflate } from "node:zlib";
import { MillraceError } from "@millrace/core";
import { clientGone } from "../engine/failures.js";

/**
 * The whole body, decompressed. It is gathered in one array that grows, so that a million chunks of a byte cost no more than one of a
 * million. Throws SERVE_TOO_LARGE, SERVE_ENCODING, SERVE_ABORTED.
 */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const encoding = request.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  const decompress = DECOMPRESS[encoding];
  if (decompress === undefined) throw new MillraceError({ code: "SERVE_ENCODING", message: "The body has a Content-Encoding that is not known here.", mend: "Send it as it is, or with Content-Encoding gzip or deflate." });
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > mostBytes) throw tooLarge(mostBytes);
  const body = await gather(request, announced, mostBytes);
  return decompress === null ? body : decompressed(body, decompress, mostBytes);
}

const DECOMPRESS: Readonly<Record<string, typeof gunzip | null | undefined>> = Object.assign(Object.create(null), { identity: null, "": null, gzip: gunzip, "x-gzip": gunzip, deflate: inflate });

function gather(request: IncomingMessage, announced: number, mostBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer | null = null;
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      // Most bodies are one chunk, and are not copied.
      if (bytes === null && chunk.length >= announced) bytes = chunk;
      else {
        if (length + chunk.length > mostBytes) {
          request.removeAllListeners("data");
          return reject(tooLarge(mostBytes));
        }
        bytes = withRoom(bytes, length, length + chunk.length, Math.min(announced, mostBytes));
        chunk.copy(bytes, length);
      }
      length += chunk.length;
      if (length > mostBytes) reject(tooLarge(mostBytes));
    });
    request.on("end", () => resolve(bytes === null ? Buffer.alloc(0) : bytes.subarray(0, length)));
    const onAbort = (): void => (request.complete ? undefined : reject(clientGone()));
    request.on("error", onAbort);
    request.on("close", onAbort);
  });
}

function withRoom(bytes: Buffer | null, used: number, needed: number, hint: number): Buffer {
  if (bytes !== null && bytes.length >= needed) return bytes;
  const larger = Buffer.allocUnsafe(Math.max(needed, hint, 2 * (bytes?.length ?? 512)));
  if (bytes !== null) bytes.copy(larger, 0, 0, used);
  return larger;
}

function decompressed(body: Buffer, decompress: typeof gunzip, mostBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    decompress(body, { maxOutputLength: mostBytes }, (error, result) => {
      if (error === null) return resolve(result);
      const isTooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
      reject(isTooLarge ? tooLarge(mostBytes) : new MillraceError({ code: "SERVE_ENCODING", message: "The body cannot be decompressed.", mend: "Send it compressed as its Content-Encoding says." }));
    });
  });
}

function tooLarge(mostBytes: number): MillraceError {
  return new MillraceError({ code: "SERVE_TOO_LARGE", message: `The body is longer than ${mostBytes} bytes.`, mend: "Send fewer rows at once, or raise server.limits.body." });
}
