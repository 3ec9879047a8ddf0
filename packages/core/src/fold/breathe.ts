import { runInterrupted } from "../errors/run-interrupted.js";

const PAUSE_MS = 50;

/**
 * A function to await between pieces of long work: it yields a macrotask when the last one is 50 ms ago, so that timers, signals and
 * servers live on, and throws RUN_INTERRUPTED when the signal has fired.
 */
export function breather(signal: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last >= PAUSE_MS) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      last = performance.now();
    }
    if (signal.aborted) throw runInterrupted("The work", signal.reason);
  };
}
