/**
 * Rows that one call of a hot loop does. V8 puts the best version of a function in place when it is called again. One that is called once a batch
 * gets it within its loop only (on-stack replacement), where a sum is a new object for each row, and may keep that for good: what lies behind the
 * loop has not run when the loop is compiled, and leaves it each time.
 */
export const BLOCK_ROWS = 2048;

/** Calls `loop` with ranges of rows, in order, that make up all. */
export function inBlocks(rows: number, loop: (from: number, to: number) => void): void {
  for (let from = 0; from < rows; from += BLOCK_ROWS) loop(from, Math.min(from + BLOCK_ROWS, rows));
}
