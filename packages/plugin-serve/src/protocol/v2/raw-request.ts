import { widthOf, type Field } from "@millrace/core";
import { DATATYPE_BYTES, datatypeOf } from "./datatype.js";
import type { InferRequest } from "./infer-request.js";
import { tensorError } from "./tensor-error.js";

/** A body of bytes alone (Inference-Header-Content-Length: 0): the one input of the model, and all outputs as bytes. Throws SERVE_TENSOR. */
export function rawRequest(inputs: readonly Field[], bytes: Buffer): InferRequest {
  const [field] = inputs;
  if (inputs.length !== 1 || field === undefined) throw tensorError(`A raw request is for models of one input; this one takes ${inputs.length}.`, "Send the JSON of the request before its bytes.");
  const datatype = datatypeOf(field);
  const size = DATATYPE_BYTES[datatype];
  // Texts have lengths of their own, so that a raw request is one text.
  const rows = size === null ? 1 : bytes.length / (size * widthOf(field));
  if (!Number.isInteger(rows)) throw tensorError(`A raw request for ${datatype} has a length that is a multiple of ${size! * widthOf(field)}.`);
  return { id: null, inputs: [{ name: field.name, datatype, shape: [rows, widthOf(field)], data: undefined, binaryBytes: bytes.length }], outputs: null, binaryOutput: true };
}
