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

function firstLine(text: string, { quote, comment }: Dialect): string {
  let start = 0;
  for (;;) {
    const end = endOfLine(text, start, quote);
    const line = text.slice(start, end);
    const isSkipped = line.trim() === "" || (comment !== undefined && line.startsWith(comment));
    if (!isSkipped || end >= text.length) return isSkipped ? "" : line;
    start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }
}

function endOfLine(text: string, start: number, quote: string): number {
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    if (text[at] === quote) isQuoted = !isQuoted;
    else if (!isQuoted && (text[at] === "\n" || text[at] === "\r")) return at;
  }
  return text.length;
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
