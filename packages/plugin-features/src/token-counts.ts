import { countCodes, defineFold, MillraceError, type Fold, type TextColumn } from "@millrace/core";
import { increase } from "./level-counts.js";

/** Of one column of texts, by token. */
export interface TokenCounts {
  /** How often each stands in the training texts. */
  readonly times: Map<string, number>;
  /** In how many rows. */
  readonly rows: Map<string, number>;
}

interface Partial {
  count: number;
  readonly columns: TokenCounts[];
}

/** Distinct tokens of a column that are counted at most; each takes some 200 bytes. */
const MOST = 1 << 21;

/** Counts tokens; a text is taken apart once per batch, however many rows have it. `count`: rows. Throws TRANSFORM_WIDTH. */
export function tokenCounts(columns: readonly string[], delimiter: string): Fold<Partial, Partial> {
  return defineFold<Partial, Partial>({
    start: () => ({ count: 0, columns: columns.map(() => ({ times: new Map(), rows: new Map() })) }),
    add(partial, batch) {
      columns.forEach((name, index) => {
        const { codes, dictionary } = batch.column(name) as TextColumn;
        countCodes(codes, dictionary.length).forEach((rows, code) => rows > 0 && addText(partial.columns[index]!, dictionary[code]!, delimiter, rows));
        bounded(partial.columns[index]!, name);
      });
      partial.count += batch.length;
      return partial;
    },
    merge(left, right) {
      right.columns.forEach(({ times, rows }, index) => {
        times.forEach((count, token) => increase(left.columns[index]!.times, token, count));
        rows.forEach((count, token) => increase(left.columns[index]!.rows, token, count));
        bounded(left.columns[index]!, columns[index]!);
      });
      left.count += right.count;
      return left;
    },
    finish: (partial) => partial,
  });
}

/** As StringSplit does it; empty tokens are none. */
function addText({ times, rows }: TokenCounts, text: string, delimiter: string, count: number): void {
  const here = new Map<string, number>();
  for (const token of text.split(delimiter)) if (token !== "") increase(here, token, 1);
  here.forEach((often, token) => {
    increase(times, token, often * count);
    increase(rows, token, count);
  });
}

function bounded({ times }: TokenCounts, column: string): void {
  if (times.size > MOST)
    throw new MillraceError({ code: "TRANSFORM_WIDTH", message: `"${column}" has more than ${MOST} distinct tokens.`, mend: "Bring the text into line in the source's SQL (lower case, no punctuation, no numbers), or take fewer rows." });
}
