import type { Allocate } from "../contracts/allocate.js";
import type { Column, Field, Frame } from "../contracts/frame.js";
import { bitmap, copyBits, hasBit, ones, setBit, sliceBits, someMissing } from "./bits.js";
import { allocate, type NumberDType } from "./columns.js";
import { createFrame, widthOf } from "./frame.js";
import { gatherRows } from "./gather.js";
import { concatSparse, sliceSparse, takeSparse, type SparseColumn } from "./sparse-column.js";

/** The rows at these indices, in their order; an index may repeat. Dictionaries are shared. `memory`: where the values are laid; by default each column's in its own. */
export function take(frame: Frame, indices: Int32Array, memory?: Allocate): Frame {
  return createFrame(frame.fields, frame.fields.map((field) => takeColumn(frame.column(field.name), widthOf(field), indices, memory)), indices.length);
}

/** Rows [from, to) without a copy of their values. */
export function slice(frame: Frame, from: number, to: number): Frame {
  if (from === 0 && to === frame.length) return frame;
  return createFrame(frame.fields, frame.fields.map((field) => sliceColumn(frame.column(field.name), widthOf(field), from, to)), to - from);
}

/** These columns, in this order. Throws FRAME_NO_COLUMN. */
export function select(frame: Frame, names: readonly string[]): Frame {
  const byName = new Map(frame.fields.map((field) => [field.name, field]));
  const columns = names.map((name) => frame.column(name));
  return createFrame(names.map((name) => byName.get(name)!), columns, frame.length);
}

/** The frame with these columns appended; one of the same name is replaced in its place. Throws FRAME_LENGTH. */
export function withColumns(frame: Frame, fields: readonly Field[], columns: readonly Column[]): Frame {
  const all = new Map(frame.fields.map((field) => [field.name, { field, column: frame.column(field.name) }]));
  fields.forEach((field, index) => all.set(field.name, { field, column: columns[index]! }));
  const entries = [...all.values()];
  return createFrame(entries.map(({ field }) => field), entries.map(({ column }) => column), frame.length);
}

export function withColumn(frame: Frame, field: Field, column: Column): Frame {
  return withColumns(frame, [field], [column]);
}

/**
 * The rows of all frames, one after the other; the fields are the first one's. Dictionaries are merged in the order of the frames.
 * Throws FRAME_NO_COLUMN or FRAME_LENGTH where a later frame lacks a column or has it in another dtype.
 */
export function concat(frames: readonly [Frame, ...Frame[]]): Frame {
  const [first] = frames;
  if (frames.length === 1) return first;
  const length = frames.reduce((sum, frame) => sum + frame.length, 0);
  const columns = first.fields.map((field) => concatColumns(frames.map((frame) => frame.column(field.name)), frames.map((frame) => frame.length), length * widthOf(field)));
  return createFrame(first.fields, columns, length);
}

function takeColumn(column: Column, width: number, indices: Int32Array, memory?: Allocate): Column {
  if (column.dtype === "string") return { ...column, codes: gatherRows(column.codes, 1, indices, allocate("int32", indices.length, memory)) };
  if (column.dtype === "bytes") return { ...column, values: Array.from(indices, (row) => column.values[row]!), validity: takeBits(column.validity, indices) };
  if (column.dtype === "sparse") return takeSparse(column, indices);
  const values = gatherRows(column.values, width, indices, allocate(column.dtype, indices.length * width, memory));
  return ("validity" in column ? { dtype: column.dtype, values, validity: takeBits(column.validity, indices) } : { dtype: column.dtype, values }) as Column;
}

function takeBits(validity: Uint8Array | null, indices: Int32Array): Uint8Array | null {
  if (validity === null) return null;
  const bits = bitmap(indices.length);
  for (let i = 0; i < indices.length; i++) if (hasBit(validity, indices[i]!)) setBit(bits, i);
  return someMissing(bits, indices.length);
}

function sliceColumn(column: Column, width: number, from: number, to: number): Column {
  if (column.dtype === "string") return { ...column, codes: column.codes.subarray(from, to) };
  if (column.dtype === "bytes") return { ...column, values: column.values.slice(from, to), validity: column.validity && sliceBits(column.validity, from, to) };
  if (column.dtype === "sparse") return sliceSparse(column, from, to);
  const values = column.values.subarray(from * width, to * width);
  return ("validity" in column ? { dtype: column.dtype, values, validity: column.validity && sliceBits(column.validity, from, to) } : { dtype: column.dtype, values }) as Column;
}

function concatColumns(columns: readonly Column[], lengths: readonly number[], total: number): Column {
  const [first] = columns as [Column];
  if (first.dtype === "string") return concatTexts(columns as readonly Extract<Column, { dtype: "string" }>[], total);
  const { dtype } = first;
  const other = columns.find((column) => column.dtype !== dtype);
  // The frame that it is put into refuses it, naming the column.
  if (other !== undefined) return other;
  if (dtype === "sparse") return concatSparse(columns as readonly SparseColumn[]);
  const validity = "validity" in first ? concatBits(columns as readonly { validity: Uint8Array | null }[], lengths) : null;
  if (dtype === "bytes") return { dtype, values: columns.flatMap((column) => (column as Extract<Column, { dtype: "bytes" }>).values), validity };
  const values = allocate(dtype, total);
  let at = 0;
  for (const column of columns) {
    const part = (column as Extract<Column, { dtype: NumberDType }>).values;
    (values as Float64Array).set(part as Float64Array, at);
    at += part.length;
  }
  return ("validity" in first ? { dtype, values, validity } : { dtype, values }) as Column;
}

function concatTexts(columns: readonly Extract<Column, { dtype: "string" }>[], total: number): Column {
  const [{ dictionary: shared }] = columns as [Extract<Column, { dtype: "string" }>];
  const codes = new Int32Array(total);
  const isShared = columns.every(({ dictionary }) => dictionary === shared);
  const merged = new Map<string, number>([["", 0]]);
  let at = 0;
  for (const column of columns) {
    if (isShared) codes.set(column.codes, at);
    else {
      const map = Int32Array.from(column.dictionary, (text) => {
        const code = merged.get(text) ?? merged.size;
        merged.set(text, code);
        return code;
      });
      gatherRows(map, 1, column.codes, codes.subarray(at));
    }
    at += column.codes.length;
  }
  return { dtype: "string", codes, dictionary: isShared ? shared : [...merged.keys()] };
}

function concatBits(columns: readonly { validity: Uint8Array | null }[], lengths: readonly number[]): Uint8Array | null {
  if (columns.every(({ validity }) => validity === null)) return null;
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const bits = bitmap(total);
  let at = 0;
  columns.forEach(({ validity }, index) => {
    copyBits(validity ?? ones(lengths[index]!), lengths[index]!, bits, at);
    at += lengths[index]!;
  });
  return someMissing(bits, total);
}
