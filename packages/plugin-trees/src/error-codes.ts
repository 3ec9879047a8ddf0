import type { ErrorCodes } from "@millrace/core";

/** What only this plugin throws; docs/errors.md is made from this. */
export const ERROR_CODES: ErrorCodes = {
  TREES_MEMORY: { means: "A training of trees needs more memory than WebAssembly can address.", mend: "Train on fewer rows or columns, or lower `bins` or `leaves`." },
  TREES_THREAD: { means: "A thread of the training ended or hangs.", mend: "Run it again; where it happens again, set limits.threads to 1 and report it." },
};
