import type { Column } from "../contracts/frame.js";
import { MillraceError } from "../errors/millrace-error.js";

export type TextColumn = Extract<Column, { readonly dtype: "string" }>;

/**
 * A text column: null, undefined and `""` are one, lone surrogates become U+FFFD, other texts are numbered in the order of their
 * first appearance. Throws FRAME_NUL where a text holds NUL, naming row and column: onnxruntime cuts strings there.
 */
export function textColumn(values: Iterable<string | null | undefined>, name = "text"): TextColumn {
  const { dictionary, codeOf } = textDictionary(name);
  const codes: number[] = [];
  for (const text of values) codes.push(codeOf(text, codes.length));
  return { dtype: "string", codes: Int32Array.from(codes), dictionary };
}

/**
 * A text column of codes into a dictionary that need not be canonical (as a database gives it): entries may repeat, be null or `""`
 * anywhere. A code outside the dictionary is missing. Throws FRAME_NUL as `textColumn` does; the row is then the entry's first use.
 */
export function codedColumn(codes: ArrayLike<number>, entries: readonly (string | null | undefined)[], name = "text"): TextColumn {
  const { dictionary, codeOf } = textDictionary(name);
  const map = Int32Array.from(entries, (text, entry) => codeOf(text, () => Array.prototype.indexOf.call(codes, entry)));
  const out = new Int32Array(codes.length);
  for (let row = 0; row < out.length; row++) out[row] = map[codes[row]!] ?? 0;
  return { dtype: "string", codes: out, dictionary };
}

/** A growing dictionary whose entry 0 is `""`. `row` is for the error only. */
export function textDictionary(name: string): { readonly dictionary: string[]; codeOf(text: string | null | undefined, row: number | (() => number)): number } {
  const dictionary = [""];
  const seen = new Map<string, number>([["", 0]]);
  return {
    dictionary,
    codeOf(text, row) {
      if (text === null || text === undefined) return 0;
      const known = seen.get(text);
      if (known !== undefined) return known;
      const clean = cleanText(text, name, row);
      const code = seen.get(clean) ?? dictionary.push(clean) - 1;
      seen.set(clean, code);
      seen.set(text, code);
      return code;
    },
  };
}

/** Well-formed text without NUL. */
function cleanText(text: string, name: string, row: number | (() => number)): string {
  if (isPlain(text)) return text;
  if (text.includes("\0")) {
    const at = typeof row === "number" ? row : row();
    throw new MillraceError({
      code: "FRAME_NUL",
      message: `Row ${at} of column "${name}" holds the character NUL: ${JSON.stringify(text.slice(0, 80))}.`,
      mend: `Remove the character U+0000 from "${name}" where the data comes from (in SQL: replace(${name}, chr(0), '')).`,
      facts: { column: name, row: at, value: JSON.stringify(text.slice(0, 80)) },
    });
  }
  return text.replace(LONE_SURROGATE, "\uFFFD");
}

/** In Unicode mode a pair of surrogates is one code point of another class, so that only lone ones match. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Nearly all texts: no NUL, no surrogate and nothing behind them. To look for them is cheaper than to search twice. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0 || unit >= 0xd800) return false;
  }
  return true;
}
