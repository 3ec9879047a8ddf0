import type { Signature } from "@millrace/core";
import { closedLoop, type LoopResult } from "./closed-loop.js";
import { sampleRows } from "./sample-rows.js";

export interface CapacityOptions {
  readonly url: string;
  readonly model: string;
  readonly key: string | null;
  readonly signature: Pick<Signature, "inputs" | "seen">;
  /** Rows of a request. */
  readonly rows: number;
  /** For each number of connections, behind a quarter of that time for warming up. */
  readonly milliseconds: number;
}

export interface Capacity {
  readonly steps: readonly (LoopResult & { readonly connections: number })[];
  /** Requests a second at the most, over all steps. */
  readonly perSecond: number;
  /** Resident memory of the server behind the load. */
  readonly memoryBytes: number;
}

const CONNECTIONS = [1, 16, 64];
const BODIES = 64;

/** Asks a server that runs what it can do. The client has a share of the same machine. */
export async function measureCapacity({ url, model, key, signature, rows, milliseconds }: CapacityOptions): Promise<Capacity> {
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const all = sampleRows(signature.inputs, signature.seen, BODIES * rows);
  const bodies = Array.from({ length: BODIES }, (_, at) => JSON.stringify({ rows: all.slice(at * rows, (at + 1) * rows) }));
  const loop = { url, path: `/v1/models/${model}/predict`, headers, bodies };
  const steps: (LoopResult & { connections: number })[] = [];
  for (const connections of CONNECTIONS) {
    await closedLoop({ ...loop, connections, milliseconds: milliseconds / 4 });
    steps.push({ connections, ...(await closedLoop({ ...loop, connections, milliseconds })) });
  }
  return { steps, perSecond: Math.max(...steps.map(({ perSecond }) => perSecond)), memoryBytes: await memoryOf(url, headers) };
}

async function memoryOf(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)?.[1] ?? 0);
}

/** A server is to be busy for this share of the time at most: beyond it, waiting grows faster than load. */
export const BUSY = 0.7;

/** How many servers a load needs. */
export function processesFor(perSecond: number, capacity: number): number {
  return Math.max(1, Math.ceil(perSecond / (BUSY * capacity)));
}
