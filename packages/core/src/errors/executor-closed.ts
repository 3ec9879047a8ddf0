import { MillraceError } from "./millrace-error.js";

/** EXECUTOR_CLOSED: a task was given to an executor that is disposed, or still waited in it. */
export function executorClosed(task: string): MillraceError {
  return new MillraceError({
    code: "EXECUTOR_CLOSED",
    message: `The executor is closed: the task "${task}" was not started.`,
    mend: "Dispose of the executor only when every task has ended.",
    facts: { task },
  });
}
