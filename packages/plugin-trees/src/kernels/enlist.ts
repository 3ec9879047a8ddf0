import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** What a helper thread is asked to do until the command to stop. */
export interface Service {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Where threads meet, and where the arguments of kernels are. */
  readonly control: number;
  readonly integers: number;
  readonly thread: number;
}

/** Threads without work, kept for the next training: to start one takes longer than to train a small model. */
const idle: Worker[] = [];

/** Takes or starts so many threads and has each serve the memory. Resolves, when all are ready, to a function that awaits their end (after the command to stop). */
export async function enlist(count: number, service: Omit<Service, "thread">): Promise<() => Promise<void>> {
  const workers = Array.from({ length: count }, () => idle.pop() ?? start());
  const ready = workers.map((worker) => once(worker, "message"));
  workers.forEach((worker, index) => worker.postMessage({ ...service, thread: index + 1 } satisfies Service, []));
  await Promise.all(ready);
  // Listened for at once: a thread that ends its work while nobody waits must not be missed.
  const ended = workers.map((worker) => once(worker, "message"));
  return async () => {
    await Promise.all(ended);
    idle.push(...workers);
  };
}

/** From `dist` also where this file runs as TypeScript. It holds no process open. */
function start(): Worker {
  const worker = new Worker(new URL("../../dist/kernels/helper-thread.js", import.meta.url), { name: "millrace-trees", execArgv: [] });
  worker.unref();
  return worker;
}
