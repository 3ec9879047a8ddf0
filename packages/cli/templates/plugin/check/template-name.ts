import { defineFold, MillraceError, suggest, toFloat64, type Check, type Finding, type Frame, type Out } from "@millrace/core";
import type { templateNameOptions } from "./template-name.options.js";

/** Examples that a finding may carry. */
const MOST_EXAMPLES = 10;

interface Long {
  readonly rows: number;
  readonly examples: Finding["examples"];
}

/** Finds texts with more than so many characters. */
export function createTemplateName({ column, most }: Out<typeof templateNameOptions>): Check {
  return {
    fold(input) {
      const texts = input.filter(({ dtype }) => dtype === "string").map(({ name }) => name);
      if (!texts.includes(column)) throw new MillraceError({ code: "CHECK_COLUMN", message: `"template-name" looks at column "${column}", which is no column of texts.`, mend: suggest(column, texts) });
      const merge = (left: Long, right: Long): Long => ({ rows: left.rows + right.rows, examples: [...left.examples, ...right.examples].slice(0, MOST_EXAMPLES) });
      return defineFold({
        start: (): Long => ({ rows: 0, examples: [] }),
        add: (long, batch) => merge(long, longOf(batch, column, most)),
        merge,
        finish: ({ rows, examples }): readonly Finding[] => (rows === 0 ? [] : [{ severity: "error", column, message: `Column "${column}" has more than ${most} characters in ${rows} rows.`, rows, examples }]),
      });
    },
  };
}

function longOf(batch: Frame, name: string, most: number): Long {
  const column = batch.column(name);
  if (column.dtype !== "string") return { rows: 0, examples: [] };
  const isLong = column.dictionary.map((text) => text.length > most);
  const numbers = toFloat64(batch.column("$row"));
  const rows = [...column.codes.keys()].filter((row) => isLong[column.codes[row]!]);
  return { rows: rows.length, examples: rows.slice(0, MOST_EXAMPLES).map((row) => ({ row: numbers[row]!, value: column.dictionary[column.codes[row]!]! })) };
}
