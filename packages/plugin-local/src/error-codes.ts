import type { ErrorCodes } from "@millrace/core";

/** What only this plugin throws; docs/errors.md is made from this. */
export const ERROR_CODES: ErrorCodes = {
  ARTIFACT_FAILED: { means: "The file system failed on an artifact.", mend: "Make the folder readable and writable, or set artifacts.with.path to one that is." },
  ARTIFACT_NO_SPACE: { means: "There is no space left for an artifact.", mend: "Free some space and run again: it goes on from the last finished task." },
  EXECUTOR_NO_PROJECT: { means: "Threads were to run tasks of a project that came from no files.", mend: "Run it with the command `millrace`, or set executor to \"in-process\"." },
  STORE_CLOSED: { means: "The store was used after it had been closed.", mend: "Use it only until it is disposed of." },
  STORE_DAMAGED: { means: "The store's file is no SQLite database, or is damaged.", mend: "Restore it from a copy, or move it away to begin with an empty store." },
  STORE_FAILED: { means: "SQLite failed on the store's file.", mend: "Check that the file and its folder can be read and written, and lie on a local disk." },
  STORE_NEWER: { means: "The store was written by a newer version of Millrace.", mend: "Update Millrace in this project." },
  STORE_NO_SPACE: { means: "The disk of the store is full.", mend: "Free some space and run again: what was committed is there." },
  STORE_OPEN: { means: "The store cannot be opened.", mend: "Make the folder writable, or set store.with.path to a file that can be written." },
};
