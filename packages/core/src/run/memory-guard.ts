import { MillraceError } from "../errors/millrace-error.js";

const MIB = 2 ** 20;
const LOOK_MS = 50;
/** What is left below the budget when a run is stopped: what it may take until it has stopped. */
const MARGIN = 1 / 16;

export interface MemoryGuard extends Disposable {
  /** Fires with LIMIT_MEMORY when the process takes what the budget allows. */
  readonly signal: AbortSignal;
}

/** Looks at the memory of the whole process, that outside of JavaScript's heaps included, and stops a run before the system kills it, if its tasks let the thread look: one that computes without a pause is stopped behind it. `resident`: bytes that the process takes now. */
export function guardMemory({ memoryBytes }: { readonly memoryBytes: number }, resident: () => number = process.memoryUsage.rss): MemoryGuard {
  const full = new AbortController();
  const look = (): void => {
    const bytes = resident();
    if (bytes <= memoryBytes * (1 - MARGIN)) return;
    clearInterval(timer);
    full.abort(memoryError(bytes, memoryBytes));
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  look();
  return { signal: full.signal, [Symbol.dispose]: () => clearInterval(timer) };
}

function memoryError(bytes: number, memoryBytes: number): MillraceError {
  return new MillraceError({
    code: "LIMIT_MEMORY",
    message: `The run takes ${Math.floor(bytes / MIB)} MiB, and may use ${Math.floor(memoryBytes / MIB)} MiB: it was stopped. What had finished is kept.`,
    mend: "Raise limits.memory, read fewer rows or columns, or, where tasks run in threads, set executor.with.threads lower.",
    facts: { bytes, memoryBytes },
  });
}
