import type { Executor } from "../../contracts/executor.js";
import type { Task, TaskResult } from "../../contracts/task.js";
import { runInterrupted } from "../../errors/run-interrupted.js";
import { createInlineExecutor } from "../inline-executor.js";
import type { RunTask } from "./executor-laws.js";

export type ExecutorMutant = (runTask: RunTask) => Executor;

/** By the law that is to break: a mistake that an author could make. */
export const executorMutants: Record<string, ExecutorMutant> = {
  "a task comes back with its result": mapResult(({ buffers = {}, ...result }) => ({ ...(JSON.parse(JSON.stringify(result, (_, value) => (typeof value === "number" ? Number(value.toPrecision(15)) : value))) as TaskResult), buffers })),
  "a task arrives as it was given": mapTask((task) => ({ ...task, options: {} })),
  "buffers go with a task, and come with its result": mapResult(({ buffers: _, ...result }) => result),
  "no more tasks run at once than there are slots": (runTask) => {
    const honest = createInlineExecutor(runTask);
    let open = 0;
    return {
      ...honest,
      async run(task, watch) {
        if (open > 2) return runTask(task, watch);
        open++;
        try {
          return await honest.run(task, watch);
        } finally {
          open--;
        }
      },
    };
  },
  "as many tasks run at once as there are slots": (runTask) => ({ ...createInlineExecutor(runTask), slots: 2 }),
  "every task of many runs once": (runTask) => {
    let last: TaskResult | null = null;
    return createInlineExecutor(async (task, watch) => {
      const result = await runTask(task, watch);
      last = last !== null && task.id === "t7" ? last : result;
      return last;
    });
  },
  "an error of a task comes through with code, message, mend and facts": mapError((error) => ((error as { code?: unknown }).code === "CHECK_FAILED" ? new Error(error.message) : error)),
  "a slot is free again behind a task that failed": (runTask) => {
    let failed = 0;
    return createInlineExecutor(async (task, watch) => {
      if (failed > 1) await new Promise(() => {});
      try {
        return await runTask(task, watch);
      } catch (error) {
        failed++;
        throw error;
      }
    });
  },
  "events arrive in order, and their answers come back": (runTask) => createInlineExecutor((task, watch) => runTask(task, { ...watch, event: async (event) => (void watch.event(event), "continue") })),
  "a checkpoint is told of while its task runs, also of a task that is lost then": (runTask) =>
    createInlineExecutor((task, watch) => runTask(task, { ...watch, event: async (event) => (event.kind === "checkpoint" ? "continue" : watch.event(event)) })),
  "a task that goes on is given its checkpoint": mapTask(({ checkpoint: _, ...task }) => task),
  "a task whose signal has fired does not start": (runTask) => {
    const executor = createInlineExecutor(runTask);
    return {
      ...executor,
      async run(task, watch) {
        if (!watch.signal.aborted) return executor.run(task, watch);
        await runTask(task, watch);
        throw runInterrupted(task.id, null);
      },
    };
  },
  "a waiting task is given up when its signal fires, and never starts": (runTask) => {
    const executor = createInlineExecutor(runTask);
    let last: Promise<unknown> = Promise.resolve();
    return {
      ...executor,
      run(task, watch) {
        const before = last;
        const result = executor.run(task, watch);
        last = result.catch(() => {});
        return result.catch(async (error: unknown) => {
          if (task.id === "waiting" && watch.signal.aborted) await before;
          throw error;
        });
      },
    };
  },
  "a running task sees its signal, and ends as RUN_INTERRUPTED": mapError((error) => ((error as { code?: unknown }).code === "RUN_INTERRUPTED" && (error.cause as Error | null)?.message === "Ctrl-C" ? (error.cause as Error) : error)),
  "a signal ends its own task only": (runTask) => {
    const all = new AbortController();
    const executor = createInlineExecutor((task, watch) => runTask(task, task.id === "kept" ? { ...watch, signal: AbortSignal.any([watch.signal, all.signal]) } : watch));
    return {
      ...executor,
      run(task, watch) {
        watch.signal.addEventListener("abort", () => all.abort(), { once: true });
        return executor.run(task, watch);
      },
    };
  },
  "disposal waits for what runs and refuses what waits": (runTask) => {
    const executor = createInlineExecutor(runTask);
    return {
      ...executor,
      async [Symbol.asyncDispose]() {
        void executor[Symbol.asyncDispose]();
      },
    };
  },
  "a closed executor refuses tasks, and may be disposed of again": (runTask) => {
    const executor = createInlineExecutor(runTask);
    return {
      ...executor,
      run: (task, watch) =>
        executor.run(task, watch).catch((error: unknown) => {
          if ((error as { code?: unknown }).code === "EXECUTOR_CLOSED" && task.id === "a") return runTask(task, watch);
          throw error;
        }),
    };
  },
};

function mapTask(map: (task: Task) => Task): ExecutorMutant {
  return (runTask) => createInlineExecutor((task, watch) => runTask(map(task), watch));
}

function mapResult(map: (result: TaskResult) => TaskResult): ExecutorMutant {
  return (runTask) => createInlineExecutor(async (task, watch) => map(await runTask(task, watch)));
}

function mapError(map: (error: Error) => Error): ExecutorMutant {
  return (runTask) => {
    const executor = createInlineExecutor(runTask);
    return { ...executor, run: (task, watch) => executor.run(task, watch).catch((error: unknown) => Promise.reject(map(error as Error))) };
  };
}
