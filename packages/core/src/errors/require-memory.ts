import { MillraceError } from "./millrace-error.js";

const MIB = 2 ** 20;
/** What Node, the runtime and a part of the data take beside. */
const BESIDE_BYTES = 192 * MIB;

/** For work that must hold `bytes` at once: throws LIMIT_MEMORY before the first of them is taken, where the budget has not so many. `what` begins a sentence: `The training matrix of 3,000,000 rows`. */
export function requireMemory(what: string, bytes: number, limits: { readonly memoryBytes: number }): void {
  if (bytes + BESIDE_BYTES <= limits.memoryBytes) return;
  throw new MillraceError({
    code: "LIMIT_MEMORY",
    message: `${what} takes ${Math.ceil(bytes / MIB)} MiB; with ${BESIDE_BYTES / MIB} MiB for all else that is more than the ${Math.floor(limits.memoryBytes / MIB)} MiB that the task may use.`,
    mend: "Raise limits.memory, take fewer rows or columns, or, where tasks run in threads, set executor.with.threads lower: they share the budget.",
    facts: { bytes, memoryBytes: limits.memoryBytes },
  });
}
