import type { IncomingMessage } from "node:http";
import { gunzip, inflate } from "node:zlib";
import { MillraceError } from "@millrace/core";
import { clientGone } from "../engine/failures.js";
import type { BodyRoom } from "./body-room.js";
import type { Exchange } from "./exchange.js";

/**
 * The whole body, decompressed. It is gathered in one array that grows, so that a million chunks of a byte cost no more than one of a
 * million. What it takes is held of the room until the exchange has its answer. Throws SERVE_TOO_LARGE, SERVE_ENCODING, SERVE_ABORTED, SERVE_BUSY.
 */
export async function readBody(exchange: Pick<Exchange, "request" | "held">, mostBytes: number, room: BodyRoom): Promise<Buffer> {
  const { request } = exchange;
  const encoding = request.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  const decompress = DECOMPRESS[encoding];
  if (decompress === undefined) throw new MillraceError({ code: "SERVE_ENCODING", message: "The body has a Content-Encoding that is not known here.", mend: "Send it as it is, or with Content-Encoding gzip or deflate." });
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > mostBytes) throw tooLarge(mostBytes);
  const body = await gather(request, announced, mostBytes, (bytes) => room.hold(exchange, bytes));
  if (decompress === null) return body;
  // Before it is there: many small bombs at once would be large together.
  room.hold(exchange, body.length + Math.min(mostBytes, MOST_EXPANSION * body.length));
  const whole = await decompressed(body, decompress, mostBytes);
  room.hold(exchange, whole.length);
  return whole;
}

const DECOMPRESS: Readonly<Record<string, typeof gunzip | null | undefined>> = Object.assign(Object.create(null), { identity: null, "": null, gzip: gunzip, "x-gzip": gunzip, deflate: inflate });
/** No byte of deflate becomes more (https://zlib.net/zlib_tech.html). */
const MOST_EXPANSION = 1_032;

function gather(request: IncomingMessage, announced: number, mostBytes: number, hold: (bytes: number) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer | null = null;
    let length = 0;
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > mostBytes) throw tooLarge(mostBytes);
      // Most bodies are one chunk, and are not copied.
      if (bytes === null && chunk.length >= announced) bytes = chunk;
      else {
        bytes = withRoom(bytes, length - chunk.length, length, announced);
        chunk.copy(bytes, length - chunk.length);
      }
      hold(bytes.length);
    };
    request.on("data", (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        request.removeAllListeners("data");
        bytes = null;
        reject(error as Error);
      }
    });
    request.on("end", () => resolve(bytes === null ? Buffer.alloc(0) : bytes.subarray(0, length)));
    const onAbort = (): void => (request.complete ? undefined : reject(clientGone()));
    request.on("error", onAbort);
    request.on("close", onAbort);
  });
}

/** Twice as long where it is full, and no longer than announced: what is announced and does not come takes nothing. */
function withRoom(bytes: Buffer | null, used: number, needed: number, announced: number): Buffer {
  if (bytes !== null && bytes.length >= needed) return bytes;
  const twice = 2 * Math.max(256, needed);
  const larger = Buffer.allocUnsafe(announced >= needed ? Math.min(announced, twice) : twice);
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
