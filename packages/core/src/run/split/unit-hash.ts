import { createHash } from "node:crypto";
import type { Column, Frame } from "../../contracts/frame.js";
import { toFloat64 } from "../../frame/missing.js";

/** sha256 of a salted text as a number in [0, 1): the same key falls on the same side as data grows. */
export function unitHash(text: string, salt: string): number {
  const head = createHash("sha256").update(salt).update("\0").update(text).digest().readUIntBE(0, 6);
  return head / 2 ** 48;
}

/** A row number as a number in [0, 1): splitmix32's finalizer over row and seed, since sha256 a row would buy nothing here. */
export function unitRow(row: number, seed: number): number {
  const high = mix(Math.floor(row / 2 ** 32) ^ mix(seed));
  return mix((row | 0) ^ high) / 2 ** 32;
}

function mix(value: number): number {
  let z = (value + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
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
