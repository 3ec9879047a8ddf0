import pLimit from "p-limit";
import { executorClosed, runInterrupted, type Executor, type PluginContext, type Task, type TaskResult, type Watch } from "@millrace/core/plugin";

/** An executor that does `slots` tasks at once with `runTask`; the others wait in order. Disposal waits for what runs, refuses what waits, then calls `close`. */
export function inSlots(slots: number, runTask: PluginContext["runTask"], close: () => Promise<void> = async () => {}): Executor {
  const limit = pLimit(slots);
  const open = new Set<Promise<unknown>>();
  let isClosed = false;
  let closed: Promise<void> | null = null;
  const runInSlot = async (task: Task, watch: Watch): Promise<TaskResult> => {
    if (isClosed) throw executorClosed(task.id);
    try {
      return await runTask(task, watch);
    } catch (error) {
      throw watch.signal.aborted ? interrupted(task, error) : error;
    }
  };
  return {
    slots,
    run(task, watch) {
      const result = untilStarted(task, watch.signal, (start) => limit(() => start(() => runInSlot(task, watch))));
      const settled = result.catch(() => {}).finally(() => open.delete(settled));
      open.add(settled);
      return result;
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      await Promise.all(open);
      await (closed ??= close());
    },
  };
}

/** Gives a task up at once when the signal fires while it waits for a slot. */
function untilStarted(task: Task, signal: AbortSignal, enqueue: (start: (work: () => Promise<TaskResult>) => Promise<void>) => Promise<void>): Promise<TaskResult> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(interrupted(task, signal.reason));
    if (signal.aborted) return giveUp();
    signal.addEventListener("abort", giveUp, { once: true });
    void enqueue(async (work) => {
      signal.removeEventListener("abort", giveUp);
      if (!signal.aborted) await work().then(resolve, reject);
    });
  });
}

function interrupted(task: Task, cause: unknown): Error {
  return runInterrupted(`The task "${task.id}"`, cause);
}
