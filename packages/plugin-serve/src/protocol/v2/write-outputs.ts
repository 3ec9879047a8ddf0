import { isMissing, valueAt, widthOf, type Column, type Field, type Frame } from "@millrace/core";
import { jsonNumber, type NumberPolicy } from "../json-number.js";
import { datatypeOf, type Datatype } from "./datatype.js";

export interface Output {
  readonly field: Field;
  readonly binary: boolean;
}

/** Outputs as the protocol writes them: the text of the JSON list, and the bytes behind it. */
export interface Written {
  readonly json: string;
  readonly bytes: readonly Buffer[];
}

/** Rows [from, to) of the outputs. Throws SERVE_NUMBER. */
export function writeOutputs(outputs: readonly Output[], frame: Frame, from: number, to: number, policy: NumberPolicy): Written {
  const bytes: Buffer[] = [];
  const texts = outputs.map(({ field, binary }) => {
    const column = frame.column(field.name);
    const width = widthOf(field);
    const head = `{"name":${JSON.stringify(field.name)},"datatype":"${datatypeOf(field)}","shape":[${to - from},${width}]`;
    if (!binary) return `${head},"data":[${jsonData(column, field, from, to, policy)}]}`;
    const data = binaryData(column, datatypeOf(field), from * width, to * width);
    bytes.push(data);
    return `${head},"parameters":{"binary_data_size":${data.length}${missingRows(column, from, to)}}}`;
  });
  return { json: `[${texts.join(",")}]`, bytes };
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
  if (column.dtype === "string") return texts(column, from, to);
  if (column.dtype === "bytes" || column.dtype === "sparse") throw new TypeError(`There is no binary form of ${datatype} outputs.`);
  // The machines of Node are little-endian, as the protocol is.
  const values = column.values.slice(from, to);
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

function texts({ codes, dictionary }: Extract<Column, { dtype: "string" }>, from: number, to: number): Buffer {
  const parts: Buffer[] = [];
  for (let row = from; row < to; row++) {
    const text = Buffer.from(dictionary[codes[row]!]!, "utf8");
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    parts.push(length, text);
  }
  return Buffer.concat(parts);
}
