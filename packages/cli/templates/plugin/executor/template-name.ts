import { executorClosed, runInterrupted, type Executor, type Out, type PluginContext, type Task, type TaskResult, type Watch } from "@millrace/core";
import type { templateNameOptions } from "./template-name.options.js";

interface Waiting {
  start(): void;
  refuse(error: Error): void;
}

/** Runs tasks in this process, so many at once; the others wait in the order in which they came. */
export function createTemplateName({ slots }: Out<typeof templateNameOptions>, { runTask }: Pick<PluginContext, "runTask">): Executor {
  const waiting = new Set<Waiting>();
  const running = new Set<Promise<unknown>>();
  let isClosed = false;
  const startNext = (): void => {
    const [first] = waiting;
    if (first === undefined || running.size >= slots) return;
    waiting.delete(first);
    first.start();
  };
  const start = (task: Task, watch: Watch): Promise<TaskResult> => {
    const result = runTask(task, watch).catch((error: unknown) => Promise.reject(watch.signal.aborted ? interrupted(task, error) : error));
    const settled = result.catch(() => {}).then(() => {
      running.delete(settled);
      startNext();
    });
    running.add(settled);
    return result;
  };
  return {
    slots,
    run(task, watch) {
      if (isClosed) return Promise.reject(executorClosed(task.id));
      if (watch.signal.aborted) return Promise.reject(interrupted(task, watch.signal.reason));
      if (running.size < slots) return start(task, watch);
      return new Promise((resolve, reject) => {
        const giveUp = (): void => {
          waiting.delete(one);
          reject(interrupted(task, watch.signal.reason));
        };
        const leave = (): void => watch.signal.removeEventListener("abort", giveUp);
        const one: Waiting = { start: () => (leave(), void start(task, watch).then(resolve, reject)), refuse: (error) => (leave(), reject(error)) };
        watch.signal.addEventListener("abort", giveUp, { once: true });
        waiting.add(one);
      });
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      for (const one of waiting) one.refuse(executorClosed("that waits"));
      waiting.clear();
      await Promise.all(running);
    },
  };
}

function interrupted(task: Task, cause: unknown): Error {
  return runInterrupted(`The task "${task.id}"`, cause);
}
