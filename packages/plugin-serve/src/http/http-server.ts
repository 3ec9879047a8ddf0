import { createServer, type Server } from "node:http";
import { MillraceError } from "@millrace/core";
import { durationMs, parseBytes, type ServerConfig } from "@millrace/core/model";

/** How often connections are looked at: those that are too slow, and while draining those that have become idle. */
const CHECK_MS = 1_000;
const DRAIN_CHECK_MS = 20;

/** A server with a bound for all that a connection may take: bytes, time, number. */
export function createHttpServer({ limits }: Pick<ServerConfig, "limits">): Server {
  const server = createServer({
    maxHeaderSize: parseBytes(limits.header),
    headersTimeout: durationMs(limits.headerTime),
    requestTimeout: durationMs(limits.requestTime),
    keepAliveTimeout: durationMs(limits.idleTime),
    connectionsCheckingInterval: CHECK_MS,
    noDelay: true,
  });
  server.maxConnections = limits.connections;
  server.maxHeadersCount = MOST_HEADERS;
  // Of a client that does not read its answer.
  server.timeout = durationMs(limits.requestTime) + durationMs(limits.deadline);
  return server;
}

const MOST_HEADERS = 100;
/** Connections that wait to be accepted. With fewer, a burst has clients try again after a second. */
const BACKLOG = 4_096;

/** Throws SERVE_LISTEN. */
export function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => reject(new MillraceError({ code: "SERVE_LISTEN", message: `The server cannot listen at ${host}:${port} (${cause.code}).`, mend: "Give another address or port: millrace serve --listen 127.0.0.1:0", cause })));
    server.listen({ host, port, backlog: BACKLOG }, () => resolve());
  });
}

/** Takes no new connection, lets requests in flight end, and then closes what is left after `milliseconds`. */
export async function drain(server: Server, milliseconds: number): Promise<void> {
  server.prependListener("request", (_, response) => (response.shouldKeepAlive = false));
  const closed = new Promise((resolve) => server.close(resolve));
  const idle = setInterval(() => server.closeIdleConnections(), DRAIN_CHECK_MS);
  const last = setTimeout(() => server.closeAllConnections(), milliseconds);
  await closed;
  clearInterval(idle);
  clearTimeout(last);
}
