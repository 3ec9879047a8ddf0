import { parseTimestamp, widthOf, type Field } from "@millrace/core";
import type { Values } from "../engine/batch.js";
import { append, makeRoom, type NumberList } from "../engine/number-list.js";
import { knownTexts, rangeOf, wholeRange, type ColumnRule } from "./column-reader.js";
import { endOfPlainText, SIGNS, skip, takeNumber, takes, takesBytes, type Cursor } from "./cursor.js";
import { takePlainTime } from "./plain-time.js";
import { createTexts } from "./plain-texts.js";

/** Reads the value that stands at the cursor into a column, where it is one of which there is nothing to say; false elsewhere. */
export type ReadPlainCell = (cursor: Cursor, into: Values) => boolean;

const NULL = Buffer.from("null");
const TRUE = Buffer.from("true");
const FALSE = Buffer.from("false");

export function plainCell(rule: ColumnRule): ReadPlainCell {
  const { field } = rule;
  const read = cellOf(rule);
  if (!field.nullable || read === null) return read ?? (() => false);
  const width = widthOf(field);
  return (cursor, into) => {
    if (!takesBytes(cursor, NULL)) return read(cursor, into);
    if (field.dtype === "string") (into as string[]).push("");
    else for (let at = 0; at < width; at++) append(into as NumberList, NaN);
    return true;
  };
}

function cellOf(rule: ColumnRule): ReadPlainCell | null {
  const { dtype, shape } = rule.field;
  if (dtype === "bytes" || dtype === "sparse") return null;
  if ((shape ?? []).length > 0) return vectorCell(rule.field);
  if (dtype === "string") return textCell(rule);
  return dtype === "bool" ? boolCell : numberCell(rule);
}

const boolCell: ReadPlainCell = (cursor, into) => {
  const isTrue = takesBytes(cursor, TRUE);
  if (!isTrue && !takesBytes(cursor, FALSE)) return false;
  append(into as NumberList, isTrue ? 1 : 0);
  return true;
};

function numberCell(rule: ColumnRule): ReadPlainCell {
  const { dtype } = rule.field;
  const [least, greatest] = rangeOf(rule);
  const whole = wholeRange(dtype);
  const take = dtype === "timestamp" ? takeTime : takeNumber;
  return (cursor, into) => {
    const value = take(cursor);
    if (!(value >= least && value <= greatest) || (whole !== null && !(Number.isInteger(value) && value >= whole[0] && value <= whole[1]))) return false;
    append(into as NumberList, value);
    return true;
  };
}

/** Epoch milliseconds, or an ISO 8601 text. */
function takeTime(cursor: Cursor): number {
  const { bytes, at } = cursor;
  if (bytes[at] !== SIGNS.quote) return takeNumber(cursor);
  const plain = takePlainTime(cursor);
  if (plain === plain) return plain;
  const end = endOfPlainText(bytes, at + 1);
  if (end < 0) return NaN;
  cursor.at = end + 1;
  return parseTimestamp(bytes.toString("latin1", at + 1, end));
}

/** No range is known of the numbers of a vector. */
function vectorCell(field: Field): ReadPlainCell | null {
  if (field.dtype !== "float64" && field.dtype !== "float32") return null;
  const width = widthOf(field);
  return (cursor, into) => {
    const numbers = into as NumberList;
    if (!takes(cursor, SIGNS.openList)) return false;
    makeRoom(numbers, width);
    const { values, length } = numbers;
    for (let at = 0; at < width; at++) {
      if (at > 0 && !takes(cursor, SIGNS.comma)) return false;
      skip(cursor);
      const value = takeNumber(cursor);
      if (value !== value && !takesBytes(cursor, NULL)) return false;
      values[length + at] = value;
    }
    numbers.length += width;
    return takes(cursor, SIGNS.closeList);
  };
}

function textCell(rule: ColumnRule): ReadPlainCell {
  const known = knownTexts(rule);
  const texts = createTexts();
  return (cursor, into) => {
    const { bytes, at } = cursor;
    if (bytes[at] !== SIGNS.quote) return false;
    const end = endOfPlainText(bytes, at + 1);
    if (end < 0) return false;
    const text = texts(bytes, at + 1, end);
    if ((text === "" && !rule.field.nullable) || (known !== null && text !== "" && !known.has(text))) return false;
    cursor.at = end + 1;
    (into as string[]).push(text);
    return true;
  };
}
