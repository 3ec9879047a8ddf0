import { MillraceError } from "@millrace/core/plugin";

const NO_SPACE: readonly unknown[] = ["ENOSPC", "EDQUOT", "EFBIG"];

/** What the artifacts say of an error of the file system; any other error stays as it is. */
export function folderError(error: unknown, path: string): unknown {
  const code = (error as { code?: unknown; syscall?: unknown } | null)?.code;
  if (MillraceError.is(error) || !(error instanceof Error) || typeof code !== "string" || !("syscall" in error)) return error;
  if (NO_SPACE.includes(code)) {
    return new MillraceError({
      code: "ARTIFACT_NO_SPACE",
      message: `There is no space left for the artifact ${path}: ${code}.`,
      mend: "Free some space on that disk, or set artifacts.with.path to a folder on another one; then run the same command again: it goes on from the last finished task.",
      cause: error,
      facts: { path },
    });
  }
  return new MillraceError({
    code: "ARTIFACT_FAILED",
    message: `The file system failed on the artifact ${path}: ${error.message}.`,
    mend: "Make the folder readable and writable, or set artifacts.with.path to one that is.",
    cause: error,
    facts: { path },
  });
}
