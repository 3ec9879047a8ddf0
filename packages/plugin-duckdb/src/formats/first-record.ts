const DELIMITERS = [",", ";", "\t", "|"] as const;

export interface Dialect {
  readonly delimiter: string | undefined;
  readonly quote: string;
  readonly comment: string | undefined;
}

/** The values of a CSV text's first line (which may span lines inside quotes), and the delimiter they were cut at. */
export function firstRecord(text: string, dialect: Dialect): { readonly values: readonly string[]; readonly delimiter: string } {
  const line = firstLine(text, dialect);
  const delimiter = dialect.delimiter ?? mostFrequent(line, dialect.quote);
  return { values: cut(line, delimiter, dialect.quote), delimiter };
}

function firstLine(text: string, dialect: Dialect): string {
  let start = 0;
  for (;;) {
    const { line, end } = lineAt(text, start, dialect);
    const isSkipped = line.trim() === "";
    if (!isSkipped || end >= text.length) return isSkipped ? "" : line;
    start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }
}

/** The line that begins at `start`, without a comment's part of it, and where it ends. */
function lineAt(text: string, start: number, { quote, comment }: Dialect): { readonly line: string; readonly end: number } {
  let isQuoted = false;
  let commentAt: number | undefined;
  let end = start;
  for (; end < text.length; end++) {
    const character = text[end]!;
    if (!isQuoted && (character === "\n" || character === "\r")) break;
    if (commentAt !== undefined) continue;
    if (character === quote) isQuoted = !isQuoted;
    else if (!isQuoted && character === comment) commentAt = end;
  }
  return { line: text.slice(start, commentAt ?? end), end };
}

/** Ties go to the earlier candidate; a line without any has one column. */
function mostFrequent(line: string, quote: string): string {
  const counts = DELIMITERS.map((delimiter) => cut(line, delimiter, quote).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

function cut(line: string, delimiter: string, quote: string): string[] {
  const values: string[] = [];
  let value = "";
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (character === quote) {
      if (isQuoted && line[at + 1] === quote) value += line[++at];
      else isQuoted = !isQuoted;
    } else if (character === delimiter && !isQuoted) {
      values.push(value);
      value = "";
    } else value += character;
  }
  return [...values, value];
}
