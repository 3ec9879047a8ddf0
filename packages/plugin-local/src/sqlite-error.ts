import { MillraceError } from "@millrace/core/plugin";

/** Result codes of https://sqlite.org/rescode.html */
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const FULL = 13;
/** Extended: writing failed for another reason than a full disk, which is a quota or a limit on the size of files, or the disk itself. */
const CANNOT_WRITE: ReadonlySet<number> = new Set([778, 1_546, 4_874]);
const DAMAGED: readonly (number | null)[] = [11, 26];

/** What the store says of an error of SQLite; an error that it threw on purpose stays as it is. */
export function sqliteError(error: unknown, path: string): unknown {
  if (MillraceError.is(error) || !(error instanceof Error)) return error;
  const code = resultCode(error);
  const spec = (name: string, message: string, mend: string): MillraceError => new MillraceError({ code: name, message, mend, cause: error, facts: { path } });
  if (isBusy(error)) return spec("STORE_BUSY", `Another process kept ${path} locked for too long.`, "Wait until the other process has ended, or end it, and run the same command again.");
  if (code === FULL) return spec("STORE_NO_SPACE", `The disk of ${path} is full.`, "Free some space, and run the same command again: what was committed is there.");
  if (CANNOT_WRITE.has(extendedCode(error) ?? 0))
    return spec("STORE_NO_SPACE", `SQLite cannot write ${path}: ${error.message}.`, "Free some space, or raise the quota or the limit on the size of files that the process has; then run the same command again: what was committed is there.");
  if (DAMAGED.includes(code)) return spec("STORE_DAMAGED", `${path} is no SQLite database, or is damaged: ${error.message}.`, "Restore the file from a copy, or move it away to begin with an empty store.");
  if (code !== null) return spec("STORE_FAILED", `SQLite failed on ${path}: ${error.message}.`, "Check that the file and its folder can be read and written, and that no network lies between.");
  return spec("STORE_CLOSED", `The store ${path} is closed: ${error.message}.`, "Use the store only until it is disposed.");
}

export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === BUSY || code === LOCKED;
}

/** Whether something was to be written where nothing can be. */
export function isReadOnly(error: unknown): boolean {
  return resultCode(error) === READ_ONLY;
}

/** The primary result code is the low byte of the extended one. */
function resultCode(error: unknown): number | null {
  const code = extendedCode(error);
  return code === null ? null : code & 0xff;
}

function extendedCode(error: unknown): number | null {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === "number" ? code : null;
}
