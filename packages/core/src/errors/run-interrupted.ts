import { MillraceError } from "./millrace-error.js";

/** RUN_INTERRUPTED: a signal ended the work. `what` names it: `The task "delays/train"`. */
export function runInterrupted(what: string, cause: unknown): MillraceError {
  return new MillraceError({
    code: "RUN_INTERRUPTED",
    message: `${what} was interrupted.`,
    mend: "Run the same command again: it goes on from the last finished task.",
    cause,
  });
}
