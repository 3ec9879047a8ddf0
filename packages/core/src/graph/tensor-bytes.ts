import type { Tensor } from "../contracts/graph.js";

/** The little-endian bytes of a numeric tensor, as ONNX's `raw_data` has them; a view, not a copy. */
export function bytesOf(tensor: Exclude<Tensor, { dtype: "string" }>): Uint8Array {
  const { buffer, byteOffset, byteLength } = tensor.values;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The tensor with its own copy of the values: what a caller does to its arrays later cannot change the graph. */
export function copyOf<T extends Tensor>(tensor: T): T {
  return { ...tensor, dims: [...tensor.dims], values: tensor.values.slice() };
}

/** A numeric tensor from `raw_data`, which may stand at any offset of a Buffer (whose `slice` does not copy). */
export function fromBytes(dtype: Exclude<Tensor["dtype"], "string">, dims: readonly number[], bytes: Uint8Array): Tensor {
  const own = new Uint8Array(bytes).buffer;
  switch (dtype) {
    case "float32":
      return { dtype, dims, values: new Float32Array(own) };
    case "float64":
      return { dtype, dims, values: new Float64Array(own) };
    case "int32":
      return { dtype, dims, values: new Int32Array(own) };
    case "int64":
      return { dtype, dims, values: new BigInt64Array(own) };
    case "bool":
      return { dtype, dims, values: new Uint8Array(own) };
  }
}
