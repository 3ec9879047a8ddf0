import type { Executor, Watch } from "../contracts/executor.js";
import type { Task, TaskResult } from "../contracts/task.js";
import { attempt, type AttemptLimits } from "./attempt.js";

/** Does tasks of one task, as many at once as the executor has slots; see Coordinator. The clock of each starts when it gets its slot. */
export async function schedule(tasks: readonly Task[], executor: Executor, watch: Watch, limits: AttemptLimits): Promise<readonly TaskResult[]> {
  const failed = new AbortController();
  const each: Watch = { event: (event) => watch.event(event), signal: AbortSignal.any([watch.signal, failed.signal]) };
  const results: TaskResult[] = [];
  const waiting = tasks.entries();
  const work = async (): Promise<void> => {
    for (const [index, task] of waiting) {
      if (failed.signal.aborted) return;
      try {
        results[index] = (await attempt(task, (one, its) => executor.run(one, its), each, limits)).result;
      } catch (error) {
        // The first failure stops the others, and is the one that counts.
        if (!failed.signal.aborted) failed.abort(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(executor.slots, tasks.length) }, work));
  if (failed.signal.aborted) throw failed.signal.reason;
  return results;
}
