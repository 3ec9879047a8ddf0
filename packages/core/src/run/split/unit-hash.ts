import { createHash } from "node:crypto";
import type { Column, Frame } from "../../contracts/frame.js";
import { toFloat64 } from "../../frame/missing.js";
import { unitRow } from "../../frame/unit-row.js";

/** sha256 of a salted text as a number in [0, 1): the same key falls on the same side as data grows. */
export function unitHash(text: string, salt: string): number {
  const head = createHash("sha256").update(salt).update("\0").update(text).digest().readUIntBE(0, 6);
  return head / 2 ** 48;
}

/** One number in [0, 1) per row from a key column, or from the row number where there is none. */
export function units(frame: Frame, firstRow: number, key: string | null, salt: string, seed: number): Float64Array {
  if (key !== null) return unitsOfKeys(frame.column(key), salt);
  const found = new Float64Array(frame.length);
  for (let row = 0; row < found.length; row++) found[row] = unitRow(firstRow + row, seed);
  return found;
}

function unitsOfKeys(column: Column, salt: string): Float64Array {
  if (column.dtype === "string") {
    const used = new Map<number, number>();
    return Float64Array.from(column.codes, (code) => remembered(used, code, () => unitHash(column.dictionary[code]!, salt)));
  }
  const used = new Map<number, number>();
  return Float64Array.from(toFloat64(column), (number) => remembered(used, number, () => unitHash(String(number), salt)));
}

function remembered(used: Map<number, number>, key: number, compute: () => number): number {
  let unit = used.get(key);
  if (unit === undefined) used.set(key, (unit = compute()));
  return unit;
}
