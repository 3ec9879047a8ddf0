import type { DuckDBVector } from "@duckdb/node-api";
import { MillraceError } from "@millrace/core";
import type { ColumnReader } from "./column-reader.js";
import { eachMissing, rawVector } from "./raw-vector.js";
import { exactly, FIRST_ROWS, roomFor } from "./room.js";
import { createWordTable } from "./word-table.js";

/** DuckDB keeps texts up to this many bytes inside its 16-byte string_t; longer ones are a length, a prefix and a pointer. */
const INLINE_BYTES = 12;

/**
 * VARCHAR as codes into a dictionary in the order of first appearance. A text is decoded once per distinct value: the four words of
 * its string_t are looked up, not the text. Pointers are only the same text while a chunk lives, so their table is emptied per chunk.
 * Throws FRAME_NUL where a text holds NUL.
 */
export function textReader(name: string, capacity: number): ColumnReader {
  let codes = new Int32Array(0);
  let dictionary = [""];
  let long = new Map<string, number>();
  const short = createWordTable();
  const pointers = createWordTable();
  let first = FIRST_ROWS;
  let length = 0;
  let before = 0;

  const append = (text: string, row: number): number => {
    if (text.includes("\0")) throw nul(name, before + row, text);
    return dictionary.push(text) - 1;
  };
  const longCode = (text: string, row: number): number => {
    let code = long.get(text);
    if (code === undefined) long.set(text, (code = append(text, row)));
    return code;
  };

  return {
    add(vector: DuckDBVector, from: number, count: number) {
      const raw = rawVector(vector);
      const words = new Int32Array(raw.dataView.buffer, raw.dataView.byteOffset, raw.dataView.byteLength >> 2);
      const missing = new Set<number>();
      eachMissing(raw, from, count, (row) => missing.add(row));
      codes = roomFor(codes, length, length + count, first, capacity);
      pointers.clear();
      for (let row = 0; row < count; row++) {
        if (missing.size > 0 && missing.has(row)) {
          codes[length + row] = 0;
          continue;
        }
        const at = 4 * (from + row);
        const bytes = words[at]!;
        if (bytes === 0) {
          codes[length + row] = 0;
          continue;
        }
        const table = bytes >>> 0 <= INLINE_BYTES ? short : pointers;
        const slot = table.find(bytes, words[at + 1]!, words[at + 2]!, words[at + 3]!);
        let code = table.codeAt(slot);
        if (code === 0) {
          const text = textAt(vector, from + row, words[at + 1]!);
          code = table === short ? append(text, length + row) : longCode(text, length + row);
          table.insert(slot, bytes, words[at + 1]!, words[at + 2]!, words[at + 3]!, code);
        }
        codes[length + row] = code;
      }
      length += count;
    },
    finish() {
      const column = { dtype: "string" as const, codes: exactly(codes, length), dictionary };
      codes = new Int32Array(0);
      first = Math.max(1, length);
      dictionary = [""];
      long = new Map();
      short.clear();
      before += length;
      length = 0;
      return column;
    },
  };
}

/** The binding takes U+FEFF away where a text begins with it, as a byte order mark; `prefix`, the first bytes of any text, tells that it was there. */
function textAt(vector: DuckDBVector, row: number, prefix: number): string {
  const text = vector.getItem(row) as string;
  return (prefix & 0xffffff) === MARK ? `\uFEFF${text}` : text;
}

/** EF BB BF, little-endian. */
const MARK = 0xbfbbef;

function nul(name: string, row: number, text: string): MillraceError {
  return new MillraceError({
    code: "FRAME_NUL",
    message: `Row ${row} of column "${name}" holds the character NUL: ${JSON.stringify(text.slice(0, 80))}.`,
    mend: `Remove the character U+0000 from "${name}" where the data comes from (in SQL: replace(${name}, chr(0), '')).`,
    facts: { column: name, row, value: JSON.stringify(text.slice(0, 80)) },
  });
}
