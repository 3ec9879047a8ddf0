import type { Data, DataType, Dictionary, FixedSizeList, List, RecordBatch, Struct } from "apache-arrow";
import type { Arrays, Column, Field, Frame } from "../contracts/frame.js";
import { MillraceError } from "../errors/millrace-error.js";
import { arrowLibrary } from "./arrow-library.js";
import { fromArrowField, toArrowField } from "./arrow-type.js";
import { countOnes, sliceBits } from "./bits.js";
import { canonicalNaNs, type NumberDType } from "./columns.js";
import { createFrame, widthOf } from "./frame.js";
import type { SparseColumn } from "./sparse-column.js";

/** A frame as one Arrow IPC stream with one record batch. Equal frames give equal bytes in every process. */
export function toArrow(frame: Frame): Uint8Array {
  const { makeData, RecordBatch, RecordBatchStreamWriter, Schema, Struct } = arrowLibrary();
  const fields = frame.fields.map(toArrowField);
  const schema = new Schema(fields, new Map([["millrace.frame", "1"]]));
  const children = frame.fields.map((field, index) => toData(frame.column(field.name), fields[index]!.type, frame.length, widthOf(field)));
  const batch = new RecordBatch(schema, makeData({ type: new Struct(fields), length: frame.length, nullCount: 0, children }));
  const writer = new RecordBatchStreamWriter();
  writer.write(batch);
  writer.finish();
  return writer.toUint8Array(true);
}

/** What `toArrow` wrote. Columns are views of `bytes`, so the bytes must not change afterwards. Throws FRAME_ARROW for other Arrow data. */
export function fromArrow(bytes: Uint8Array): Frame {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const { data, numRows, schema } = onlyBatch(aligned);
  const fields = schema.fields.map(fromArrowField);
  return createFrame(fields, fields.map((field, index) => fromData(field, data.children[index]!, numRows)), numRows);
}

function onlyBatch(bytes: Uint8Array): RecordBatch {
  let batches: readonly RecordBatch[];
  try {
    batches = [...arrowLibrary().RecordBatchReader.from(bytes)];
  } catch (cause) {
    throw damaged(cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (batches.length !== 1) throw damaged(`it holds ${batches.length} record batches`);
  return batches[0]!;
}

function toData(column: Column, type: DataType, length: number, width: number): Data {
  const { makeData, Vector } = arrowLibrary();
  if (column.dtype === "string") {
    const dictionary = new Vector([utf8((type as Dictionary).dictionary, column.dictionary)]);
    return makeData({ type: type as Dictionary, length, nullCount: 0, data: column.codes, dictionary }) as Data;
  }
  if (column.dtype === "sparse") return toEntries(column, type as List<Struct>, length);
  const validity = "validity" in column ? column.validity : null;
  const nulls = validity === null ? {} : { nullBitmap: validity, nullCount: length - countOnes(validity, length) };
  if (column.dtype === "bytes") return makeData({ type, length, nullCount: 0, ...nulls, ...packed(column.values) } as never) as Data;
  const values = column.dtype === "float32" || column.dtype === "float64" ? canonicalNaNs(column.values) : column.values;
  const list = (type as FixedSizeList).children?.[0];
  if (list === undefined) return makeData({ type, length, nullCount: 0, ...nulls, data: values } as never) as Data;
  const child = makeData({ type: list.type, length: length * width, nullCount: 0, data: values } as never) as Data;
  return makeData({ type: type as FixedSizeList, length, nullCount: 0, ...nulls, child }) as Data;
}

/** Lists of (place, number). */
function toEntries({ starts, places, numbers }: SparseColumn, type: List<Struct>, length: number): Data {
  const { makeData } = arrowLibrary();
  const entry = type.children[0]!.type;
  const children = [places, numbers].map((data, at) => makeData({ type: entry.children[at]!.type, length: places.length, nullCount: 0, data } as never) as Data);
  const child = makeData({ type: entry, length: places.length, nullCount: 0, children } as never) as Data;
  return makeData({ type, length, nullCount: 0, valueOffsets: starts, child } as never) as Data;
}

function fromEntries(data: Data, length: number): SparseColumn {
  const starts = (data.valueOffsets as Int32Array).subarray(0, length + 1);
  const [places, numbers] = data.children[0]!.children;
  const count = starts[length]!;
  return { dtype: "sparse", starts, places: (places!.values as Int32Array).subarray(0, count), numbers: (numbers!.values as Float32Array).subarray(0, count) };
}

function fromData(field: Field, data: Data, length: number): Column {
  if (field.dtype === "string") {
    const { values, dictionary } = data as Data<Dictionary>;
    return { dtype: "string", codes: (values as Int32Array).subarray(0, length), dictionary: dictionary!.data.flatMap(fromUtf8) };
  }
  if (field.dtype === "sparse") return fromEntries(data, length);
  const validity = data.nullCount > 0 ? sliceBits(data.nullBitmap, 0, length) : null;
  if (field.dtype === "bytes") {
    const { valueOffsets: offsets, values } = data as unknown as { valueOffsets: Int32Array; values: Uint8Array };
    return { dtype: "bytes", values: Array.from({ length }, (_, row) => values.subarray(offsets[row], offsets[row + 1])), validity };
  }
  const isVector = (field.shape ?? []).length > 0;
  const values = ((isVector ? data.children[0]!.values : data.values) as Arrays[NumberDType]).subarray(0, length * widthOf(field));
  return (field.dtype === "float32" || field.dtype === "float64" ? { dtype: field.dtype, values } : { dtype: field.dtype, values, validity }) as Column;
}

/** Texts are decoded here: the library takes the character U+FEFF away where a text begins with it, as a byte order mark, and is several times slower. */
function fromUtf8(data: Data): string[] {
  const { valueOffsets: offsets, values, length } = data as unknown as { valueOffsets: Int32Array; values: Uint8Array; length: number };
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const texts: string[] = [];
  for (let i = 0; i < length; i++) texts.push(bytes.toString("utf8", offsets[i], offsets[i + 1]));
  return texts;
}

/** Texts are encoded here, in one buffer: the library's builder is many times slower, and a buffer for each takes more of the heap than its text. */
function utf8(type: DataType, texts: readonly string[]): Data {
  const valueOffsets = new Int32Array(texts.length + 1);
  texts.forEach((text, index) => (valueOffsets[index + 1] = valueOffsets[index]! + Buffer.byteLength(text)));
  const data = Buffer.allocUnsafeSlow(valueOffsets[texts.length]!);
  texts.forEach((text, index) => data.write(text, valueOffsets[index]));
  return arrowLibrary().makeData({ type, length: texts.length, nullCount: 0, valueOffsets, data: new Uint8Array(data.buffer) } as never) as Data;
}

function packed(values: readonly Uint8Array[]): { valueOffsets: Int32Array; data: Uint8Array } {
  const valueOffsets = new Int32Array(values.length + 1);
  values.forEach((bytes, index) => (valueOffsets[index + 1] = valueOffsets[index]! + bytes.length));
  const data = new Uint8Array(valueOffsets[values.length]!);
  values.forEach((bytes, index) => data.set(bytes, valueOffsets[index]!));
  return { valueOffsets, data };
}

function damaged(what: string, cause?: unknown): MillraceError {
  return new MillraceError({ code: "FRAME_ARROW", message: `The Arrow data is not a frame: ${what}.`, mend: "Give bytes that toArrow wrote.", cause });
}
