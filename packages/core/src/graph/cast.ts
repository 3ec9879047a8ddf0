import type { Graph, Value } from "../contracts/graph.js";
import { ONNX_DTYPE } from "./onnx-dtype.js";
import type { TensorDType } from "./tensor-type.js";

/** The value in another dtype; nothing is added where it has it. float64 to an integer truncates, and NaN must have been imputed. */
export function cast(graph: Graph, value: Value, dtype: Exclude<TensorDType, "string">): Value {
  return graph.node("Cast", [value], [{ ...value.field, dtype }], { to: BigInt(ONNX_DTYPE[dtype]) })[0]!;
}

/** The same for a sparse vector, which stays one. */
export function castSparse(graph: Graph, value: Value, dtype: "float32" | "float64"): Value {
  return graph.node("Cast", [value], [value.field], { to: BigInt(ONNX_DTYPE[dtype]) })[0]!;
}
