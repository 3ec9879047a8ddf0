import type { Check, Column, Finding } from "@millrace/core";
import type { RowCountOptions } from "./row-count.options.js";

/** Expects a number of rows. */
export function rowCount({ minimum = 0, maximum = Infinity, part, severity }: RowCountOptions): Check {
  const where = part === undefined ? "" : ` in ${part}`;
  const finding = (rows: number, message: string): Finding => ({ severity, column: null, message: `row-count: ${rows} rows${where}; ${message}.`, rows, examples: [] });
  return {
    fold: () => ({
      start: () => ({ rows: 0 }),
      add: (partial: { rows: number }, batch) => ({ rows: partial.rows + (part === undefined ? batch.length : countOf(batch.column("$part") as Extract<Column, { dtype: "string" }>, part)) }),
      merge: (left: { rows: number }, right: { rows: number }) => ({ rows: left.rows + right.rows }),
      finish({ rows }: { rows: number }) {
        if (rows < minimum) return [finding(rows, `at least ${minimum} are expected`)];
        return rows > maximum ? [finding(rows, `at most ${maximum} are expected`)] : [];
      },
    }),
  };
}

function countOf({ codes, dictionary }: Extract<Column, { dtype: "string" }>, part: string): number {
  const wanted = dictionary.indexOf(part);
  let count = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row] === wanted) count++;
  return count;
}
