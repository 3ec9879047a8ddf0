import { MillraceError, type Limits } from "@millrace/core/plugin";

const MIB = 2 ** 20;
/** What the process itself takes: Node, the coordinator, the store. */
const PROCESS_BYTES = 256 * MIB;
/** What a thread takes before it has read a row: its heap, the runtime, DuckDB. */
export const THREAD_BYTES = 256 * MIB;

/** How much of a thread's share is for JavaScript's heap. The rest is for what lies outside of it: columns, onnxruntime, and DuckDB, which takes half of a share. */
export function heapBytes({ memoryBytes }: Limits): number {
  return memoryBytes / 2;
}

/** The share of the budget that each of `threads` has. Throws LIMIT_MEMORY where that is less than a thread takes at rest. */
export function threadShare({ memoryBytes }: Limits, threads: number): Limits {
  const share = Math.floor((memoryBytes - PROCESS_BYTES) / threads);
  if (share >= THREAD_BYTES) return { threads: 1, memoryBytes: share };
  const fits = Math.floor((memoryBytes - PROCESS_BYTES) / THREAD_BYTES);
  throw new MillraceError({
    code: "LIMIT_MEMORY",
    message: `${threads} threads take ${(PROCESS_BYTES + threads * THREAD_BYTES) / MIB} MiB before they read a row; the budget is ${Math.floor(memoryBytes / MIB)} MiB.`,
    mend: fits >= 1 ? `Set executor.with.threads to ${fits}, or raise limits.memory.` : "Use the executor in-process, or raise limits.memory.",
    facts: { threads, memoryBytes, fits: Math.max(0, fits) },
  });
}
