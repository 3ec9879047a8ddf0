import type { Duplex } from "node:stream";

const ANSWERS: Readonly<Record<string, readonly [number, string, string] | undefined>> = {
  HPE_HEADER_OVERFLOW: [431, "Request Header Fields Too Large", "The head of the request is too long."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, "Payload Too Large", "The chunk extensions of the request are too long."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout", "The request took too long to come."],
};

/** Answers what is no HTTP, or came too slowly, and closes the connection. Returns the code to count it under; null where there was nobody to answer. */
export function answerClientError({ code = "" }: NodeJS.ErrnoException, socket: Duplex): string | null {
  if (code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return null;
  }
  const [status, reason, error] = ANSWERS[code] ?? [400, "Bad Request", "The request is no HTTP."];
  const body = JSON.stringify({ error, code: "SERVE_HTTP", mend: "Send a valid HTTP/1.1 request within the limits of the server." });
  socket.end(`HTTP/1.1 ${status} ${reason}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
  return "SERVE_HTTP";
}
