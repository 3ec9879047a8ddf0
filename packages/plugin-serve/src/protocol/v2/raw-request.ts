import { widthOf, type Field } from "@millrace/core";
import { DATATYPE_BYTES, datatypeOf } from "./datatype.js";
import type { InferRequest } from "./infer-request.js";
import { tensorError } from "./tensor-error.js";

/** A request, and the bytes of its tensors. */
export interface WholeRequest {
  readonly request: InferRequest;
  readonly rest: Buffer;
}

/** A body of bytes alone (Inference-Header-Content-Length: 0): the one input of the model, and all outputs as bytes. Throws SERVE_TENSOR. */
export function rawRequest(inputs: readonly Field[], bytes: Buffer): WholeRequest {
  const [field] = inputs;
  if (inputs.length !== 1 || field === undefined) throw tensorError(`A raw request is for models of one input; this one takes ${inputs.length}.`, "Send the JSON of the request before its bytes.");
  const datatype = datatypeOf(field);
  const size = DATATYPE_BYTES[datatype];
  // The bytes are one text, whose length does not stand before it as it does in a tensor.
  const rest = size === null ? Buffer.concat([Buffer.from(Uint32Array.of(bytes.length).buffer), bytes]) : bytes;
  const rows = size === null ? 1 : bytes.length / (size * widthOf(field));
  if (!Number.isInteger(rows)) throw tensorError(`A raw request for ${datatype} has a length that is a multiple of ${size! * widthOf(field)}.`);
  return { request: { id: null, inputs: [{ name: field.name, datatype, shape: [rows, widthOf(field)], data: undefined, binaryBytes: rest.length }], outputs: null, binaryOutput: true }, rest };
}
