import type { Executor, Watch } from "../contracts/executor.js";
import type { Task, TaskResult } from "../contracts/task.js";
import { executorClosed } from "../errors/executor-closed.js";
import { runInterrupted } from "../errors/run-interrupted.js";

/** Runs one task after the other, in this process, for tests. */
export function createInlineExecutor(runTask: (task: Task, watch: Watch) => Promise<TaskResult>): Executor {
  let last: Promise<void> = Promise.resolve();
  let closed = false;
  const interruptible = async (task: Task, watch: Watch): Promise<TaskResult> => {
    if (closed) throw executorClosed(task.id);
    try {
      return await runTask(task, watch);
    } catch (error) {
      throw watch.signal.aborted ? runInterrupted(`The task "${task.id}"`, error) : error;
    }
  };
  return {
    slots: 1,
    run(task, watch) {
      return new Promise((resolve, reject) => {
        const giveUp = (): void => reject(runInterrupted(`The task "${task.id}"`, watch.signal.reason));
        if (watch.signal.aborted) return giveUp();
        watch.signal.addEventListener("abort", giveUp, { once: true });
        last = last.then(async () => {
          watch.signal.removeEventListener("abort", giveUp);
          if (!watch.signal.aborted) await interruptible(task, watch).then(resolve, reject);
        });
      });
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await last;
    },
  };
}
