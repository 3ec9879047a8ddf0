import { tensorError } from "./tensor-error.js";

/** The JSON of a body, and the bytes of tensors behind it. `header`: Inference-Header-Content-Length. Throws SERVE_TENSOR where it is no length within the body. */
export function splitBody(body: Buffer, header: string | undefined): { readonly json: Buffer; readonly rest: Buffer } {
  if (header === undefined) return { json: body, rest: body.subarray(body.length) };
  const length = /^\d{1,15}$/.test(header.trim()) ? Number(header) : NaN;
  if (!(length <= body.length)) throw tensorError("Inference-Header-Content-Length is no length within the body.", "Give the length of the JSON in bytes.");
  return { json: body.subarray(0, length), rest: body.subarray(length) };
}
