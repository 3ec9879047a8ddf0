/** How a CSV text is cut into records. */
export interface RecordDialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly comment: string | undefined;
  readonly hasHeader: boolean;
  /** With one column an empty line is a record: a missing value. */
  readonly columns: number;
}

/**
 * The lines, from 1, on which records begin; `rows` count from 0, without the header, and ascend. Null where the text has fewer records.
 * Cuts as DuckDB's strict parser does what it has read without an error: a quote counts at the beginning of a value and behind spaces there, lines inside quotes belong to it, a comment begins anywhere outside quotes, and empty lines and lines of nothing but a comment are no records.
 */
export async function linesOfRecords(chunks: AsyncIterable<string>, rows: readonly number[], dialect: RecordDialect): Promise<readonly (number | null)[]> {
  const cutter = recordCutter(dialect);
  const found: (number | null)[] = [];
  let record = dialect.hasHeader ? -1 : 0;
  const take = (character: string): void => {
    const line = cutter(character);
    if (line === null) return;
    while (rows[found.length] === record) found.push(line);
    record++;
  };
  for await (const chunk of chunks) {
    for (const character of chunk) take(character);
    if (found.length === rows.length) return found;
  }
  take("\n");
  return rows.map((_, index) => found[index] ?? null);
}

/** Takes a text's characters one by one; tells at the end of a record on which line it began, else null. */
function recordCutter({ delimiter, quote, escape, comment, columns }: RecordDialect): (character: string) => number | null {
  let line = 1;
  let start = 1;
  let state: "beginning" | "spaces" | "value" | "quoted" | "escaped" | "closed" | "comment" = "beginning";
  let isEmpty = true;
  let afterCr = false;
  let isFirst = true;
  const ended = (): number | null => {
    const isRecord = !isEmpty || (columns === 1 && !isFirst && state !== "comment");
    const began = start;
    isFirst &&= !isRecord;
    start = line;
    state = "beginning";
    isEmpty = true;
    return isRecord ? began : null;
  };
  return (character) => {
    const isSecond = afterCr && character === "\n";
    afterCr = character === "\r";
    if (isSecond) return null;
    const isEnd = character === "\n" || character === "\r";
    if (isEnd) line++;
    if (state === "quoted" || state === "escaped") {
      if (state === "quoted" && character === escape && escape !== quote) state = "escaped";
      else if (state === "quoted" && character === quote) state = "closed";
      else state = "quoted";
      return null;
    }
    if (isEnd) return ended();
    if (state === "closed" && character === quote && escape === quote) state = "quoted";
    else if (state === "comment" || character === comment) {
      // Behind a value of spaces alone, DuckDB takes the whole line for a comment.
      isEmpty ||= state === "spaces";
      state = "comment";
      return null;
    } else if (character === delimiter) state = "beginning";
    else if (state === "beginning" || state === "spaces") state = character === quote ? "quoted" : character === " " ? "spaces" : "value";
    isEmpty = false;
    return null;
  };
}
