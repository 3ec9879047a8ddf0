import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface LoopOptions {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent in turn. */
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly milliseconds: number;
}

/** Latencies in milliseconds. */
export interface LoopResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers other than 200. */
  readonly failed: number;
}

/** So many connections, each of which sends a request when it has the answer to the one before; on plain sockets, so that the client costs little beside the server. */
export async function closedLoop({ url, path, headers, bodies, connections, milliseconds }: LoopOptions): Promise<LoopResult> {
  const { hostname, port } = new URL(url);
  const head = Object.entries({ host: hostname, "content-type": "application/json", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const requests = bodies.map((body) => Buffer.from(`POST ${path} HTTP/1.1\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`));
  const latencies: number[] = [];
  const started = performance.now();
  const end = started + milliseconds;
  let failed = 0;
  let sent = 0;
  const one = async (): Promise<void> => {
    const socket = connect(Number(port), hostname).setNoDelay(true);
    await once(socket, "connect");
    const read = answersOf(socket);
    while (performance.now() < end) {
      const at = performance.now();
      socket.write(requests[sent++ % requests.length]!);
      if ((await read()) !== 200) failed++;
      latencies.push(performance.now() - at);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, one));
  latencies.sort((left, right) => left - right);
  return { perSecond: (latencies.length * 1_000) / (performance.now() - started), p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), failed };
}

/** The status of the next answer, once it has come as a whole. */
function answersOf(socket: Socket): () => Promise<number> {
  let text = "";
  let waiting: { resolve(status: number): void; reject(error: Error): void } | null = null;
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    text += chunk;
    const behind = text.indexOf("\r\n\r\n") + 4;
    if (behind < 4 || text.length < behind + Number(/content-length: (\d+)/i.exec(text.slice(0, behind))?.[1] ?? 0)) return;
    const status = Number(text.slice(9, 12));
    text = "";
    waiting?.resolve(status);
  });
  socket.on("error", (error) => waiting?.reject(error));
  socket.on("close", () => waiting?.reject(new Error("the server closed the connection")));
  return () => new Promise((resolve, reject) => (waiting = { resolve, reject }));
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
