import type { Given } from "../../inputs/column-reader.js";
import { DATATYPE_BYTES, type Datatype } from "./datatype.js";
import type { GivenTensor } from "./infer-request.js";
import { quoted, tensorError } from "./tensor-error.js";

/** The values of a binary tensor: little-endian, row-major. Throws SERVE_TENSOR. */
export function binaryValues({ name, datatype }: Pick<GivenTensor, "name" | "datatype">, bytes: Buffer, count: number): (at: number) => Given {
  if (datatype === "BYTES") {
    const texts = readTexts(name, bytes, count);
    return (at) => texts[at];
  }
  const size = DATATYPE_BYTES[datatype];
  if (bytes.length !== count * size) throw tensorError(`Input ${quoted(name)} has ${bytes.length} bytes; its shape says ${count * size}.`);
  if (datatype === "BOOL" && bytes.some((byte) => byte > 1)) throw tensorError(`Input ${quoted(name)} holds a byte that is neither 0 nor 1.`);
  return READERS[datatype](bytes);
}

/** Each text behind its length in four bytes. */
function readTexts(name: string, bytes: Buffer, count: number): readonly string[] {
  const texts: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const start = at + 4;
    const end = start <= bytes.length ? start + bytes.readUInt32LE(at) : Infinity;
    if (end > bytes.length) throw tensorError(`Input ${quoted(name)} has a text that goes on behind its bytes.`);
    if (texts.length === count) break;
    const text = bytes.subarray(start, end);
    const decoded = text.toString("utf8");
    if (decoded.includes("\uFFFD") && !Buffer.from(decoded, "utf8").equals(text)) throw tensorError(`Input ${quoted(name)} has a text that is no UTF-8.`);
    texts.push(decoded);
    at = end;
  }
  if (texts.length !== count || at !== bytes.length) throw tensorError(`Input ${quoted(name)} has ${at === bytes.length ? texts.length : `more than ${count}`} texts; its shape says ${count}.`);
  return texts;
}

/** NaN means missing. */
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

const READERS: Readonly<Record<Exclude<Datatype, "BYTES">, (bytes: Buffer) => (at: number) => Given>> = {
  BOOL: (bytes) => (at) => bytes[at] === 1,
  INT8: (bytes) => (at) => bytes.readInt8(at),
  INT16: (bytes) => (at) => bytes.readInt16LE(2 * at),
  INT32: (bytes) => (at) => bytes.readInt32LE(4 * at),
  INT64: (bytes) => (at) => exact(bytes.readBigInt64LE(8 * at)),
  UINT8: (bytes) => (at) => bytes[at]!,
  UINT16: (bytes) => (at) => bytes.readUInt16LE(2 * at),
  UINT32: (bytes) => (at) => bytes.readUInt32LE(4 * at),
  UINT64: (bytes) => (at) => exact(bytes.readBigUInt64LE(8 * at)),
  FP16: (bytes) => (at) => orNull(fromHalf(bytes.readUInt16LE(2 * at))),
  BF16: (bytes) => (at) => orNull(fromBfloat(bytes.readUInt16LE(2 * at))),
  FP32: (bytes) => fromNumbers(new Float32Array(alone(bytes))),
  FP64: (bytes) => fromNumbers(new Float64Array(alone(bytes))),
};

/** What most tensors hold: a typed array over them is many times as fast as reading one number after the other. */
function fromNumbers(numbers: Float32Array | Float64Array): (at: number) => Given {
  return (at) => orNull(numbers[at]!);
}

/** The bytes in a buffer of their own, because numbers must lie at whole places. */
function alone(bytes: Buffer): ArrayBuffer {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy.buffer;
}

function exact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** IEEE 754 binary16. */
function fromHalf(bits: number): number {
  const sign = bits >> 15 === 1 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

const WORD = new Uint32Array(1);
const FLOAT = new Float32Array(WORD.buffer);

/** The upper half of an IEEE 754 binary32. */
function fromBfloat(bits: number): number {
  WORD[0] = bits << 16;
  return FLOAT[0]!;
}
