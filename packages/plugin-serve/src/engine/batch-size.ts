/** How long a batch may take in the server's own process, in milliseconds: while it runs, nobody is accepted, refused or told that the server lives. */
const LONGEST_MS = 1;
/** Fewer rows at once cost much more each. */
const LEAST_ROWS = 64;
const MOST_ROWS = 4_096;

/** Rows that run at once in the server's own process, at most (one request may have more), of a model that 64 rows take so many milliseconds. */
export function batchRows(rows64: number): number {
  return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor((64 * LONGEST_MS) / rows64)));
}
