import { MillraceError } from "@millrace/core";

/** Primary result codes of https://sqlite.org/rescode.html */
const BUSY = 5;
const LOCKED = 6;
const FULL = 13;
const DAMAGED: readonly (number | null)[] = [11, 26];

/** What the store says of an error of SQLite; an error that it threw on purpose stays as it is. */
export function sqliteError(error: unknown, path: string): unknown {
  if (MillraceError.is(error) || !(error instanceof Error)) return error;
  const code = resultCode(error);
  const spec = (name: string, message: string, mend: string): MillraceError => new MillraceError({ code: name, message, mend, cause: error, facts: { path } });
  if (isBusy(error)) return spec("STORE_BUSY", `Another process kept ${path} locked for too long.`, "Wait until the other process has ended, or end it, and run the same command again.");
  if (code === FULL) return spec("STORE_NO_SPACE", `The disk of ${path} is full.`, "Free some space, and run the same command again: what was committed is there.");
  if (DAMAGED.includes(code)) return spec("STORE_DAMAGED", `${path} is no SQLite database, or is damaged: ${error.message}.`, "Restore the file from a copy, or move it away to begin with an empty store.");
  if (code !== null) return spec("STORE_FAILED", `SQLite failed on ${path}: ${error.message}.`, "Check that the file and its folder can be read and written, and that no network lies between.");
  return spec("STORE_CLOSED", `The store ${path} is closed: ${error.message}.`, "Use the store only until it is disposed.");
}

export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === BUSY || code === LOCKED;
}

/** The primary result code is the low byte of the extended one. */
function resultCode(error: unknown): number | null {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === "number" ? code & 0xff : null;
}
