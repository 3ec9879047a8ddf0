import { isMissing, valueAt, widthOf, type Column, type Field, type Frame } from "@millrace/core";
import { jsonNumber, type NumberPolicy } from "../json-number.js";
import { classCount, classesOf } from "./classification.js";
import { datatypeOf, type Datatype } from "./datatype.js";

export interface Output {
  readonly field: Field;
  readonly binary: boolean;
  /** So many of the greatest values with their places; 0: all as they are. */
  readonly classes: number;
}

export interface WriteOptions {
  readonly numbers: NumberPolicy;
  /** Of the classes; null: the problem has none. */
  readonly labels: readonly string[] | null;
}

/** Outputs as the protocol writes them: the text of the JSON list, and the bytes behind it. */
export interface Written {
  readonly json: string;
  readonly bytes: readonly Buffer[];
}

/** Rows [from, to) of the outputs. Throws SERVE_NUMBER. */
export function writeOutputs(outputs: readonly Output[], frame: Frame, from: number, to: number, { numbers, labels }: WriteOptions): Written {
  const bytes: Buffer[] = [];
  const inBytes = (data: Buffer, more: string): string => {
    bytes.push(data);
    return `"parameters":{"binary_data_size":${data.length}${more}}`;
  };
  const written = outputs.map(({ field, binary, classes }) => {
    const column = frame.column(field.name);
    const head = (datatype: Datatype, width: number): string => `{"name":${JSON.stringify(field.name)},"datatype":"${datatype}","shape":[${to - from},${width}],`;
    if (classes > 0) {
      const found = classesOf(column, field, classes, labels, from, to);
      return `${head("BYTES", classCount(field, classes))}${binary ? inBytes(textBytes(found), "") : `"data":${JSON.stringify(found)}`}}`;
    }
    const width = widthOf(field);
    const data = binary ? inBytes(binaryData(column, datatypeOf(field), from * width, to * width), missingRows(column, from, to)) : `"data":[${jsonData(column, field, from, to, numbers)}]`;
    return `${head(datatypeOf(field), width)}${data}}`;
  });
  return { json: `[${written.join(",")}]`, bytes };
}

function jsonData(column: Column, field: Field, from: number, to: number, policy: NumberPolicy): string {
  const width = widthOf(field);
  let text = "";
  for (let at = from * width; at < to * width; at++) text += (at === from * width ? "" : ",") + jsonValue(column, field, at, policy);
  return text;
}

function jsonValue(column: Column, field: Field, at: number, policy: NumberPolicy): string {
  switch (column.dtype) {
    case "float32":
    case "float64":
      return Number.isNaN(column.values[at]) && policy !== "text" ? "null" : jsonNumber(column.values[at]!, policy);
    case "string":
      return JSON.stringify(column.dictionary[column.codes[at]!]!);
    case "timestamp":
      return isMissing(column, at) ? "null" : String(column.values[at]);
    default:
      return JSON.stringify((field.shape ?? []).length > 0 ? Number((column as Extract<Column, { dtype: "int32" }>).values[at]) : valueAt(column, at));
  }
}

/** What has no NaN says by a parameter which rows are missing; their values are 0. */
function missingRows(column: Column, from: number, to: number): string {
  if (!("validity" in column) || column.validity === null) return "";
  const rows = Array.from({ length: to - from }, (_, row) => row).filter((row) => isMissing(column, from + row));
  return rows.length === 0 ? "" : `,"missing_rows":"${rows.join(",")}"`;
}

function binaryData(column: Column, datatype: Datatype, from: number, to: number): Buffer {
  if (column.dtype === "string") return textBytes(Array.from({ length: to - from }, (_, row) => column.dictionary[column.codes[from + row]!]!));
  if (column.dtype === "bytes" || column.dtype === "sparse") throw new TypeError(`There is no binary form of ${datatype} outputs.`);
  // The machines of Node are little-endian, as the protocol is.
  const values = column.values.slice(from, to);
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

/** Each text behind its length in four bytes. */
function textBytes(texts: readonly string[]): Buffer {
  return Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text, "utf8");
      return [Buffer.from(Uint32Array.of(bytes.length).buffer), bytes];
    }),
  );
}
