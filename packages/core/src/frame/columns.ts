import type { Allocate } from "../contracts/allocate.js";
import type { Arrays, Column } from "../contracts/frame.js";
import { MillraceError } from "../errors/millrace-error.js";
import { bitmap, hasBit, setBit, sliceBits, someMissing } from "./bits.js";

export type NumberDType = keyof Arrays;

export interface NumberColumnOptions {
  /** For errors. Default `number`. */
  readonly name?: string;
  /** Values per row. Default 1. A row of a vector that is not a float is missing as a whole. */
  readonly width?: number;
  /** Bits of the rows that hold a value; null (the default): all do. */
  readonly validity?: Uint8Array | null;
}

type Input = ArrayLike<number | bigint | boolean | null | undefined>;

/** The typed array of a dtype, filled with 0; in memory from `memory`, with whatever that holds. */
export function allocate<D extends NumberDType>(dtype: D, length: number, memory?: Allocate): Arrays[D] {
  const array = ARRAYS[dtype];
  if (memory === undefined) return new array(length) as Arrays[D];
  const { buffer, byteOffset } = memory(length * array.BYTES_PER_ELEMENT);
  return new array(buffer as ArrayBuffer, byteOffset, length) as Arrays[D];
}

/**
 * A canonical numeric column: null, undefined and NaN are missing; values below a cleared validity bit become 0, and all NaNs one.
 * An array of the dtype's own kind that is already canonical is taken over, not copied. Throws FRAME_VALUE, naming row and column,
 * for a value that the dtype cannot hold exactly: a fraction or an overflow in integers, an int64 or timestamp beyond 2^53 - 1.
 */
export function numberColumn<D extends NumberDType>(dtype: D, values: Input, options: NumberColumnOptions = {}): Extract<Column, { readonly dtype: D }> {
  const { name = "number", width = 1, validity = null } = options;
  const column = dtype === "float32" || dtype === "float64" ? floats(dtype, values, width, validity) : integers(dtype, values, name, width, validity);
  return column as Extract<Column, { readonly dtype: D }>;
}

/** A column of byte strings; null is missing. */
export function bytesColumn(values: Iterable<Uint8Array | null | undefined>): Extract<Column, { readonly dtype: "bytes" }> {
  const all = [...values];
  const validity = bitmap(all.length);
  all.forEach((bytes, row) => {
    if (bytes !== null && bytes !== undefined) setBit(validity, row);
  });
  return { dtype: "bytes", values: all.map((bytes) => (bytes ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) : new Uint8Array(0))), validity: someMissing(validity, all.length) };
}

function floats(dtype: "float32" | "float64", values: Input, width: number, validity: Uint8Array | null): Column {
  const own = values instanceof ARRAYS[dtype];
  const out = own ? canonicalNaNs(values as Float32Array | Float64Array) : allocate(dtype, values.length);
  if (!own) for (let i = 0; i < out.length; i++) out[i] = values[i] === null || values[i] === undefined ? NaN : Number(values[i]);
  if (validity === null) return { dtype, values: out } as Column;
  const masked = out === values ? out.slice() : out;
  for (let i = 0; i < masked.length; i++) if (!hasBit(validity, width === 1 ? i : Math.floor(i / width))) masked[i] = NaN;
  return { dtype, values: masked } as Column;
}

/** The array itself where all its NaNs have the canonical bits; else a copy in which they have. NaNs of other bits come from arithmetic and from files. */
export function canonicalNaNs<T extends Float32Array | Float64Array>(values: T): T {
  const wide = values instanceof Float64Array;
  const words = new Int32Array(values.buffer, values.byteOffset, wide ? values.length * 2 : values.length);
  for (let i = 0; i < values.length; i++) {
    if (values[i] === values[i]) continue;
    if (wide ? words[2 * i + 1] === 0x7ff80000 && words[2 * i] === 0 : words[i] === 0x7fc00000) continue;
    const copy = values.slice() as T;
    for (let at = i; at < copy.length; at++) if (copy[at] !== copy[at]) copy[at] = NaN;
    return copy;
  }
  return values;
}

function integers(dtype: Exclude<NumberDType, "float32" | "float64">, values: Input, name: string, width: number, validity: Uint8Array | null): Column {
  if (values instanceof ARRAYS[dtype] && isWithin(dtype, values)) return { dtype, ...masked(values, width, validity) } as Column;
  const rows = values.length / width;
  const bits = bitmap(rows);
  const out = allocate(dtype, values.length);
  for (let row = 0; row < rows; row++) {
    if (validity !== null && !hasBit(validity, row)) continue;
    let whole = true;
    for (let at = row * width; at < (row + 1) * width; at++) {
      const value = values[at];
      if (value === null || value === undefined || value !== value) whole = false;
      else if (!isHeld(dtype, value)) throw refuse(dtype, value, row, name);
      else if (dtype === "int64" || dtype === "timestamp") out[at] = BigInt(value);
      else out[at] = Number(value);
    }
    if (whole) setBit(bits, row);
    else for (let at = row * width; at < (row + 1) * width; at++) out[at] = dtype === "int64" || dtype === "timestamp" ? 0n : 0;
  }
  return { dtype, values: out, validity: someMissing(bits, rows) } as Column;
}

/** Whether an array of the dtype's own kind needs no look at its values one by one. */
function isWithin(dtype: NumberDType, values: Input): boolean {
  if (values instanceof BigInt64Array) {
    const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
    for (let at = 1; at < words.length; at += 2) if (words[at]! >= 2 ** 21 || words[at]! < -(2 ** 21) + 1) return false;
  }
  return dtype !== "bool" || (values as Uint8Array).every((value) => value <= 1);
}

/** Values with 0 below each cleared bit; a copy where one of them is another number. */
function masked(values: Arrays[NumberDType], width: number, validity: Uint8Array | null) {
  const rows = values.length / width;
  if (validity === null || someMissing(validity, rows) === null) return { values, validity: null };
  let out = values;
  for (let row = 0; row < rows; row++) {
    if (hasBit(validity, row)) continue;
    for (let at = row * width; at < (row + 1) * width; at++) {
      if (out[at] == 0) continue;
      if (out === values) out = values.slice();
      out[at] = values instanceof BigInt64Array ? 0n : 0;
    }
  }
  return { values: out, validity: sliceBits(validity, 0, rows) };
}

function isHeld(dtype: NumberDType, value: number | bigint | boolean): boolean {
  const [least, greatest] = RANGES[dtype as keyof typeof RANGES];
  if (typeof value === "boolean") return true;
  return value >= least && value <= greatest && (typeof value !== "number" || Number.isInteger(value));
}

function refuse(dtype: NumberDType, value: number | bigint | boolean, row: number, name: string): MillraceError {
  const [least, greatest] = RANGES[dtype as keyof typeof RANGES];
  return new MillraceError({
    code: "FRAME_VALUE",
    message: `Row ${row} of column "${name}" is ${value}; ${dtype} holds whole numbers from ${least} to ${greatest}.`,
    mend: dtype === "int64" ? `Declare "${name}" as string: numbers cross the graph as float64, which is exact up to 2^53.` : `Give "${name}" a wider type, or mend the value.`,
    facts: { column: name, row, value: String(value) },
  });
}

const RANGES = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  timestamp: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint8: [0, 255],
  bool: [0, 1],
} as const;

const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  bool: Uint8Array,
  timestamp: BigInt64Array,
} as const;
