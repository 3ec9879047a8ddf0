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
  readonly signal: AbortSignal;
}

/** Latencies in milliseconds. */
export interface LoopResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Requests without an answer of 200. */
  readonly failed: number;
  /** What the first of them got instead. */
  readonly failure: string | null;
}

/** Mutable while the loop runs. */
interface Tally {
  readonly latencies: number[];
  sent: number;
  failed: number;
  failure: string | null;
}

/** So many connections, each of which sends a request when it has the answer to the one before; on plain sockets, so that the client costs little beside the server. */
export async function closedLoop({ url, path, headers, bodies, connections, milliseconds, signal }: LoopOptions): Promise<LoopResult> {
  const { hostname, port } = new URL(url);
  const head = Object.entries({ host: hostname, "content-type": "application/json", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const requests = bodies.map((body) => Buffer.from(`POST ${path} HTTP/1.1\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`));
  const tally: Tally = { latencies: [], sent: 0, failed: 0, failure: null };
  const started = performance.now();
  const isOver = (): boolean => signal.aborted || performance.now() - started >= milliseconds;
  await Promise.all(Array.from({ length: connections }, () => ask(hostname, Number(port), requests, tally, isOver)));
  signal.throwIfAborted();
  const { latencies, failed, failure } = tally;
  latencies.sort((left, right) => left - right);
  return { perSecond: (latencies.length * 1_000) / (performance.now() - started), p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), failed, failure };
}

/** One connection; one that the server closes ends it. */
async function ask(host: string, port: number, requests: readonly Buffer[], tally: Tally, isOver: () => boolean): Promise<void> {
  const socket = connect(port, host).setNoDelay(true);
  const failed = (failure: string): void => {
    tally.failed++;
    tally.failure ??= failure;
  };
  try {
    await once(socket, "connect");
    const read = answersOf(socket);
    // Once at least, however long it took to connect: a level has an answer for each of its connections.
    do {
      const at = performance.now();
      const answer = read();
      socket.write(requests[tally.sent++ % requests.length]!);
      const { status, text } = await answer;
      if (status === 200) tally.latencies.push(performance.now() - at);
      else failed(`${status}: ${text.slice(text.indexOf("\r\n\r\n") + 4, 300)}`);
    } while (!isOver());
  } catch (error) {
    failed((error as Error).message);
  } finally {
    socket.destroy();
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** The next answer, once it has come as a whole. */
function answersOf(socket: Socket): () => Promise<Answer> {
  let text = "";
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | null = null;
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    text += chunk;
    const behind = text.indexOf("\r\n\r\n") + 4;
    if (behind < 4 || text.length < behind + Number(/content-length: (\d+)/i.exec(text.slice(0, behind))?.[1] ?? 0)) return;
    const answer = { status: Number(text.slice(9, 12)), text };
    text = "";
    waiting?.resolve(answer);
  });
  socket.on("error", (error) => waiting?.reject(error));
  socket.on("close", () => waiting?.reject(new Error("the server closed the connection")));
  return () => new Promise((resolve, reject) => (waiting = { resolve, reject }));
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
