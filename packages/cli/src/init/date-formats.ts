/** How the dates of a text column are written. */
export interface DateFormats {
  /** In DuckDB's `strptime` notation, in the order in which they are tried. */
  readonly formats: readonly string[];
  /** Share of the texts looked at that one of them reads. */
  readonly share: number;
  /** Day and month could as well stand the other way round: no text tells. */
  readonly isAmbiguous: boolean;
}

/** Month before day where the parts are joined by `/`, day before month otherwise: that wins where no text tells. */
const DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y", "%m-%d-%Y", "%b %d %Y", "%b %d, %Y", "%B %d %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y"] as const;
const TIMES = ["", " %H:%M", " %H:%M:%S", "T%H:%M:%S", "T%H:%M:%SZ", " %I:%M %p", " %I:%M:%S %p"] as const;

/** The format that only swaps day and month. */
const SWAPPED: Readonly<Record<string, string>> = { "%m/%d/%Y": "%d/%m/%Y", "%d/%m/%Y": "%m/%d/%Y", "%m/%d/%y": "%d/%m/%y", "%d/%m/%y": "%m/%d/%y", "%d-%m-%Y": "%m-%d-%Y", "%m-%d-%Y": "%d-%m-%Y" };

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const PARTS: Readonly<Record<string, string>> = {
  "%Y": String.raw`(?:1[5-9]|2[0-2])\d\d`,
  "%y": String.raw`\d\d`,
  "%m": "(?:0?[1-9]|1[0-2])",
  "%d": String.raw`(?:0?[1-9]|[12]\d|3[01])`,
  "%b": `(?:${MONTHS.map((month) => month.slice(0, 3)).join("|")})`,
  "%B": `(?:${MONTHS.join("|")})`,
  "%H": String.raw`(?:[01]?\d|2[0-3])`,
  "%I": "(?:0?[1-9]|1[0-2])",
  "%M": String.raw`[0-5]\d`,
  "%S": String.raw`[0-5]\d`,
  "%p": "(?:AM|PM)",
};

const FORMATS = DAYS.flatMap((day) => TIMES.map((time) => ({ format: day + time, day, pattern: patternOf(day + time) })));

function patternOf(format: string): RegExp {
  const escaped = format.replaceAll(/[.]/g, String.raw`\.`);
  return new RegExp(`^${escaped.replaceAll(/%[A-Za-z]/g, (part) => PARTS[part]!)}$`, "i");
}

const LONGEST = "September 30, 2026 12:59:59 PM".length;
/** Formats beyond this many are no habit of writing dates. */
const MOST_FORMATS = 4;
const ENOUGH = 0.9;
const MOST_TEXTS = 2_000;

/** The formats that read at least nine tenths of these distinct texts (of long lists 2,000, spread evenly), the one that reads most first; null where none do. */
export function dateFormatsOf(all: readonly string[]): DateFormats | null {
  const texts = all.length <= MOST_TEXTS ? all : Array.from({ length: MOST_TEXTS }, (_, index) => all[Math.floor((index * all.length) / MOST_TEXTS)]!);
  // What most columns of text are told by, before 130 formats are tried.
  if (texts.filter((text) => text.length <= LONGEST && /\d/.test(text)).length < ENOUGH * texts.length) return null;
  let rest = texts;
  const formats: string[] = [];
  let isAmbiguous = false;
  const taken = new Set<string>();
  while (rest.length > 0 && formats.length < MOST_FORMATS) {
    const counted = FORMATS.filter(({ day }) => !taken.has(SWAPPED[day] ?? "")).map((one) => ({ ...one, count: rest.filter((text) => one.pattern.test(text)).length }));
    const best = counted.reduce((left, right) => (right.count > left.count ? right : left));
    if (best.count === 0) break;
    formats.push(best.format);
    taken.add(best.day);
    const swapped = counted.find(({ format }) => format === best.format.replace(best.day, SWAPPED[best.day] ?? best.day));
    isAmbiguous ||= swapped !== undefined && swapped.format !== best.format && swapped.count === best.count;
    rest = rest.filter((text) => !best.pattern.test(text));
  }
  const share = texts.length === 0 ? 0 : 1 - rest.length / texts.length;
  return share >= ENOUGH ? { formats, share, isAmbiguous } : null;
}
