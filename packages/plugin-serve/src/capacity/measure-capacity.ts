import type { Signature } from "@millrace/core";
import { closedLoop } from "./closed-loop.js";
import { isPastKnee, type Level } from "./knee.js";
import { sampleRows } from "./sample-rows.js";

export interface CapacityOptions {
  readonly url: string;
  readonly model: string;
  readonly key: string | null;
  readonly signature: Pick<Signature, "inputs" | "seen">;
  /** Rows of a request. */
  readonly rows: number;
  /** For all levels together, and the warming up before them, at the most. */
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

export interface Capacity {
  /** By rising numbers of connections, until more of them bring nothing. */
  readonly levels: readonly Level[];
  /** Resident memory of the server's own process behind the load. */
  readonly memoryBytes: number;
}

const CONNECTIONS = [1, 2, 4, 8, 16, 32, 64];
const BODIES = 64;

/** Asks a server that runs what it can do. The client has a share of the same machine. */
export async function measureCapacity({ url, model, key, signature, rows, milliseconds, signal }: CapacityOptions): Promise<Capacity> {
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const all = sampleRows(signature.inputs, signature.seen, BODIES * rows);
  const bodies = Array.from({ length: BODIES }, (_, at) => JSON.stringify({ rows: all.slice(at * rows, (at + 1) * rows) }));
  const loop = { url, path: `/v1/models/${model}/predict`, headers, bodies, milliseconds: milliseconds / (CONNECTIONS.length + 1), signal };
  await closedLoop({ ...loop, connections: 4 });
  const levels: Level[] = [];
  for (const connections of CONNECTIONS) {
    if (isPastKnee(levels)) break;
    levels.push({ connections, ...(await closedLoop({ ...loop, connections })) });
  }
  return { levels, memoryBytes: await memoryOf(url, headers) };
}

async function memoryOf(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)?.[1] ?? 0);
}
