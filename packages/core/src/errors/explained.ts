import { MillraceError } from "./millrace-error.js";

/** What a system says of a disk that is full, of a quota that is used up, and of a file that may not become larger. */
const NO_SPACE: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** An error of the system that has one cause wherever it comes from, with what to do; any other stays as it is. Of two, of which the other came in closing, the first. */
export function explained(thrown: unknown): unknown {
  const error = first(thrown);
  if (MillraceError.is(error) || !(error instanceof Error)) return error;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (syscall === undefined || !NO_SPACE.has(code)) return error;
  return new MillraceError({
    code: "DISK_FULL",
    message: `There is no space left${path === undefined ? "" : ` for ${path}`}: ${code}.`,
    mend: "Free some space (millrace gc --dry-run says what can go), and run the same command again: it goes on from the last finished task.",
    cause: error,
    facts: { path: path ?? null },
  });
}

/** What `await using` makes of an error in closing what it held, behind another error, hides the one that tells something. */
function first(thrown: unknown): unknown {
  return thrown instanceof Error && thrown.name === "SuppressedError" && "suppressed" in thrown ? first(thrown.suppressed) : thrown;
}
