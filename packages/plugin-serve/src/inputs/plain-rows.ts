import { truncate, type Batch } from "../engine/batch.js";
import type { ColumnRule } from "./column-reader.js";
import { SIGNS, skip, takes, takesBytes, type Cursor } from "./cursor.js";
import { plainCell } from "./plain-cell.js";

/** Appends the rows of a body to a batch and tells how many there are; 0: the body is to be read in the way that can say what is wrong with it, and the batch is as it was. */
export type ReadPlainRows = (body: Buffer, batch: Batch, mostRows: number) => number;

/** How deep the rows of a body nest, at most. */
export const PLAIN_DEPTH = 4;

interface PlainColumn {
  /** `"name"` as it stands in a row, in the one way in which nearly all clients write it. */
  readonly key: Uint8Array;
  readonly read: ReturnType<typeof plainCell>;
}

/**
 * Reads bodies `{"rows": [{...}]}` whose every value keeps to its column's rule, from the bytes into the columns: JSON.parse makes an object of each row and
 * a number or text of each cell, which takes three times as long as this and is thrown away. Whatever is not so plain (other keys, escapes, a
 * value that is refused or flagged, bytes beyond ASCII in a text) is left alone, so that there is one place that refuses.
 */
export function plainRows(rules: readonly ColumnRule[]): ReadPlainRows {
  const inputs = rules.map(({ field }) => field);
  const columns = rules.map((rule): PlainColumn => ({ key: Buffer.from(JSON.stringify(rule.field.name)), read: plainCell(rule) }));
  // The number of the row in which a column was met last.
  const met = new Float64Array(columns.length);
  return (body, batch, mostRows) => {
    const count = readAll({ bytes: body, at: 0 }, columns, met, batch, mostRows);
    if (count === 0) truncate(batch, inputs, batch.length);
    batch.length += count;
    return count;
  };
}

const ROWS = Buffer.from('"rows"');

function readAll(cursor: Cursor, columns: readonly PlainColumn[], met: Float64Array, batch: Batch, mostRows: number): number {
  if (!takes(cursor, SIGNS.openObject) || skip(cursor) !== SIGNS.quote || !takesBytes(cursor, ROWS) || !takes(cursor, SIGNS.colon) || !takes(cursor, SIGNS.openList)) return 0;
  met.fill(0);
  let count = 0;
  do {
    if (++count > mostRows || !readRow(cursor, columns, met, count, batch)) return 0;
  } while (takes(cursor, SIGNS.comma));
  return takes(cursor, SIGNS.closeList) && takes(cursor, SIGNS.closeObject) && skip(cursor) === -1 ? count : 0;
}

function readRow(cursor: Cursor, columns: readonly PlainColumn[], met: Float64Array, row: number, batch: Batch): boolean {
  if (!takes(cursor, SIGNS.openObject)) return false;
  for (let at = 0; at < columns.length; at++) {
    if (at > 0 && !takes(cursor, SIGNS.comma)) return false;
    if (skip(cursor) !== SIGNS.quote) return false;
    const place = takeKey(cursor, columns, at);
    if (place < 0 || met[place] === row || !takes(cursor, SIGNS.colon)) return false;
    met[place] = row;
    skip(cursor);
    if (!columns[place]!.read(cursor, batch.columns[place]!)) return false;
  }
  return takes(cursor, SIGNS.closeObject);
}

/** Most clients write the columns in the order in which the model tells them. */
function takeKey(cursor: Cursor, columns: readonly PlainColumn[], guess: number): number {
  return takesBytes(cursor, columns[guess]!.key) ? guess : columns.findIndex(({ key }) => takesBytes(cursor, key));
}
