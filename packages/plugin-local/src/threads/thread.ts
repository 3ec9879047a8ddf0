import { Worker } from "node:worker_threads";
import { MillraceError, type Limits, type Log, type ProjectReference, type Task, type TaskResult, type Watch } from "@millrace/core/plugin";
import { fromMessage, toMessage, type FromThread, type ThreadData, type ToThread } from "./messages.js";
import { heapBytes } from "./share.js";

const MIB = 2 ** 20;

/** A warm thread: it has opened the project, and does one task at a time. */
export interface Thread {
  readonly isAlive: boolean;
  /** Throws EXECUTOR_LOST where the thread ends in the middle, LIMIT_MEMORY where its heap was full, and what the task throws. */
  run(task: Task, watch: Watch): Promise<TaskResult>;
  /** Ends it; it must be idle. Resolves when it is gone. */
  close(): Promise<void>;
}

interface Running {
  readonly task: Task;
  readonly watch: Watch;
  resolve(result: TaskResult): void;
  reject(error: unknown): void;
}

export function startThread(reference: ProjectReference, limits: Limits, log: Log): Thread {
  const data: ThreadData = { reference, limits };
  const worker = new Worker(new URL("./entry.js", import.meta.url), { name: "millrace", workerData: data, resourceLimits: { maxOldGenerationSizeMb: Math.floor(heapBytes(limits) / MIB) } });
  const tell = (message: ToThread): void => worker.postMessage(message, []);
  // An idle thread keeps no process alive.
  worker.unref();
  let running: Running | null = null;
  let failure: unknown = null;
  let isAlive = true;
  const end = (): Running | null => {
    const ended = running;
    running = null;
    return ended;
  };
  worker.on("error", (error) => (failure = error));
  const gone = new Promise<void>((resolve) =>
    worker.on("exit", (code) => {
      isAlive = false;
      const lost = end();
      lost?.reject(lostError(lost.task, failure, code, limits));
      resolve();
    }),
  );
  worker.on("message", (message: FromThread) => {
    if (message.kind === "ended") end()?.resolve(message.result);
    else if (message.kind === "failed") end()?.reject(fromMessage(message.error));
    else if (message.kind === "log") log[message.level](message.facts as object, message.message);
    else if (running !== null)
      running.watch.event(message.value).then(
        (answer) => tell({ kind: "answer", event: message.event, answer }),
        (error: unknown) => tell({ kind: "answer", event: message.event, answer: toMessage(error) }),
      );
  });
  return {
    get isAlive() {
      return isAlive;
    },
    run(task, watch) {
      const stop = (): void => tell({ kind: "stop", reason: toMessage(watch.signal.reason) });
      watch.signal.addEventListener("abort", stop, { once: true });
      worker.ref();
      return new Promise<TaskResult>((resolve, reject) => {
        running = { task, watch, resolve, reject };
        tell({ kind: "run", task });
      }).finally(() => {
        worker.unref();
        watch.signal.removeEventListener("abort", stop);
      });
    },
    async close() {
      worker.ref();
      tell({ kind: "close" });
      await gone;
    },
  };
}

function lostError(task: Task, failure: unknown, code: number, limits: Limits): MillraceError {
  if ((failure as { readonly code?: unknown } | null)?.code === "ERR_WORKER_OUT_OF_MEMORY")
    return new MillraceError({
      code: "LIMIT_MEMORY",
      message: `The task "${task.id}" filled the heap of its thread, ${Math.floor(heapBytes(limits) / MIB)} MiB.`,
      mend: "Raise limits.memory, or set executor.with.threads lower, so that each thread has more of it.",
      cause: failure,
      facts: { task: task.id },
    });
  return new MillraceError({
    code: "EXECUTOR_LOST",
    message: `The thread of the task "${task.id}" ended in the middle of it${failure instanceof Error ? `: ${failure.message}` : ` (exit code ${code})`}.`,
    mend: "Look for what the task did last in the log, and run again; limits.retries says how often a run tries by itself.",
    cause: failure,
    facts: { task: task.id },
  });
}
