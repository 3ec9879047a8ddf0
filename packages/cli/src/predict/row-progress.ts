import { count } from "../print/number.js";
import type { Terminal } from "../terminal.js";

/** How far a file is. */
export interface RowProgress {
  add(rows: number): void;
}

export const NO_PROGRESS: RowProgress = { add() {} };

const EVERY_MS = 200;

/** One line that is drawn again, on a terminal alone: rows so far, and rows a second. Disposing of it takes the line away. */
export function rowProgress(terminal: Terminal, now: () => number = () => performance.now()): RowProgress & Disposable {
  const started = now();
  let rows = 0;
  let drawn = -Infinity;
  return {
    add(more) {
      rows += more;
      if (!terminal.isInteractive || now() - drawn < EVERY_MS) return;
      drawn = now();
      const perSecond = Math.round((rows * 1_000) / Math.max(1, drawn - started));
      terminal.err(`\r\u001B[K${count(rows)} rows, ${count(perSecond)} a second`);
    },
    [Symbol.dispose]() {
      if (drawn > -Infinity) terminal.err("\r\u001B[K");
      drawn = -Infinity;
    },
  };
}
