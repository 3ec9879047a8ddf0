import type { Executor, Watch } from "../contracts/executor.js";
import type { Task, TaskResult } from "../contracts/task.js";
import { attempt, type AttemptLimits } from "./attempt.js";

/** Does tasks of one task, as many at once as the executor has slots; see Coordinator. The clock of each starts when it gets its slot. */
export async function* schedule(tasks: readonly Task[], executor: Executor, watch: Watch, limits: AttemptLimits): AsyncGenerator<TaskResult, void, undefined> {
  const stop = new AbortController();
  const each: Watch = { event: (event) => watch.event(event), signal: AbortSignal.any([watch.signal, stop.signal]) };
  const ready = new Map<number, TaskResult>();
  let wake = (): void => {};
  const waiting = tasks.entries();
  const work = async (): Promise<void> => {
    for (const [index, task] of waiting) {
      if (stop.signal.aborted) return;
      try {
        ready.set(index, (await attempt(task, (one, its) => executor.run(one, its), each, limits)).result);
      } catch (error) {
        // The first failure stops the others, and is the one that counts.
        if (!stop.signal.aborted) stop.abort(error);
      }
      wake();
    }
  };
  const ended = Promise.all(Array.from({ length: Math.min(executor.slots, tasks.length) }, work));
  let next = 0;
  try {
    while (next < tasks.length && !stop.signal.aborted) {
      const result = ready.get(next);
      if (result === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else {
        ready.delete(next++);
        yield result;
      }
    }
  } finally {
    const isCutShort = next < tasks.length && !stop.signal.aborted;
    if (isCutShort) stop.abort();
    await ended;
  }
  if (stop.signal.aborted) throw stop.signal.reason;
}
