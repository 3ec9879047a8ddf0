import type { Executor, Watch } from "../contracts/executor.js";
import type { Task, TaskResult } from "../contracts/task.js";
import { MillraceError } from "../errors/millrace-error.js";
import { failureJson } from "./failure.js";

/** Errors that another try may not meet. A wrong config or bad data is never tried again. None of them quotes data, so that a warning may say what they say. */
const RETRIED: ReadonlySet<string> = new Set(["STORE_BUSY", "EXECUTOR_LOST", "ARTIFACT_UNAVAILABLE", "SOURCE_UNAVAILABLE"]);

/** What was tried as often as it may be. A task whose own tasks (see Coordinator) ended so is not tried again: its tries would multiply theirs. */
const givenUp = new WeakSet<object>();

export interface AttemptLimits {
  readonly taskTimeMs: number;
  /** Tries after the first. */
  readonly retries: number;
}

/** Runs a task within its time, again where its error says that this may help; `onTry` is called as each try begins. Throws RUN_TASK_TIME, RUN_INTERRUPTED and what the task throws. */
export async function attempt(task: Task, run: Executor["run"], watch: Watch, limits: AttemptLimits, onTry: () => void = () => {}): Promise<{ readonly result: TaskResult; readonly attempts: number }> {
  for (let attempts = 1; ; attempts++) {
    onTry();
    try {
      return { result: await inTime(task, run, watch, limits.taskTimeMs), attempts };
    } catch (error) {
      if (watch.signal.aborted || !(MillraceError.is(error) && RETRIED.has(error.code)) || givenUp.has(error)) throw error;
      if (attempts > limits.retries) {
        givenUp.add(error);
        throw error;
      }
      const { code, message } = failureJson(error) as { readonly code: string; readonly message: string };
      await watch.event({ kind: "log", level: "warn", message: `${task.id}: try ${attempts} of ${limits.retries + 1} failed, and it is tried again: ${code}: ${message}`, facts: { code, message } });
    }
  }
}

/** How long a task may take to stop without a word. */
const GRACE_MS = 1_000;

async function inTime(task: Task, run: Executor["run"], watch: Watch, taskTimeMs: number): Promise<TaskResult> {
  const clock = AbortSignal.timeout(taskTimeMs);
  let reminder: NodeJS.Timeout | undefined;
  const remind = (): void => void watch.event({ kind: "log", level: "warn", message: `${task.id}: took longer than limits.taskTime, ${taskTimeMs} ms, and was asked to stop, but goes on: a task stops where it tells how far it is.`, facts: { taskTimeMs } }).catch(() => {});
  clock.addEventListener("abort", () => (reminder = setTimeout(remind, GRACE_MS)), { once: true });
  try {
    return await run(task, { ...watch, signal: AbortSignal.any([watch.signal, clock]) });
  } catch (error) {
    if (!clock.aborted || watch.signal.aborted) throw error;
    throw new MillraceError({ code: "RUN_TASK_TIME", message: `The task "${task.id}" took longer than ${taskTimeMs} ms.`, mend: "Raise limits.taskTime, or give the task less data.", cause: error });
  } finally {
    clearTimeout(reminder);
  }
}
