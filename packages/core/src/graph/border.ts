import type { Field } from "../contracts/frame.js";
import { MillraceError } from "../errors/millrace-error.js";
import { batchDims, type TensorType } from "./tensor-type.js";

/**
 * The one map from a field's dtype to the tensor in which it enters a graph: string (`""` is missing), float32 (NaN), and float64
 * (NaN) for float64, int32, bool, epoch milliseconds, and int64 up to 2^53; sparse vectors as float32 (see Value). Throws GRAPH_BORDER for bytes and uint8.
 */
export function borderType(field: Field): TensorType {
  const dims = batchDims(field.shape ?? []);
  switch (field.dtype) {
    case "string":
    case "float32":
      return { dtype: field.dtype, dims };
    case "sparse":
      return { dtype: "float32", dims: [null, null] };
    case "float64":
    case "int32":
    case "int64":
    case "bool":
    case "timestamp":
      return { dtype: "float64", dims };
    default:
      throw new MillraceError({
        code: "GRAPH_BORDER",
        message: `Column "${field.name}" is ${field.dtype}, which no tensor of the border holds.`,
        mend: `Decode "${field.name}" to numbers or text where the data is read, or list it in columns.ignore.`,
        facts: { column: field.name },
      });
  }
}
