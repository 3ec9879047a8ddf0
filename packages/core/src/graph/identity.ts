import { createHash } from "node:crypto";
import type { Attribute, Tensor } from "../contracts/graph.js";
import { isTensor, type Attributes } from "./attributes.js";
import { bytesOf } from "./tensor-bytes.js";

/** A text that is equal for equal tensors: dtype, dims, and every bit of the values. */
export function keyOfTensor(tensor: Tensor): string {
  const head = `${tensor.dtype}[${tensor.dims.join()}]`;
  return `${head}${tensor.dtype === "string" ? digest(JSON.stringify(tensor.values)) : digest(bytesOf(tensor))}`;
}

/** A text that is equal for equal attributes, in whatever order they were given. */
export function keyOfAttributes(attributes: Attributes): string {
  const names = Object.keys(attributes).sort();
  return names.map((name) => `${name}=${keyOfAttribute(attributes[name]!)}`).join(";");
}

function keyOfAttribute(value: Attribute): string {
  if (typeof value === "bigint") return `i${value}`;
  if (typeof value === "number") return `f${Object.is(value, -0) ? "-0" : value}`;
  if (typeof value === "string") return `s${JSON.stringify(value)}`;
  if (value instanceof BigInt64Array) return `is${digest(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))}`;
  if (value instanceof Float32Array) return `fs${digest(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))}`;
  return isTensor(value) ? `t${keyOfTensor(value)}` : `ss${digest(JSON.stringify(value))}`;
}

/** What is longer is hashed; what is not stands as it is, in a third of the time: most constants are one number. */
const PLAIN_LENGTH = 64;

function digest(content: string | Uint8Array): string {
  if (content.length <= PLAIN_LENGTH) return `=${typeof content === "string" ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString("base64")}`;
  return createHash("sha256").update(content).digest("base64");
}
