import { float64sOf, intOf, intsOf, stringsOf } from "../attributes.js";
import { refused } from "../refuse.js";
import { DTYPE_OF } from "../onnx-dtype.js";
import { describeType, isBatch } from "../tensor-type.js";
import { FLOATS, oneDType, present } from "./elementwise.js";
import type { Infer } from "./operand.js";

/** Numbers and bool to numbers and bool: text is parsed where a Frame is built, because Cast fails a whole batch on one bad text. */
export const cast: Infer = (op, operands, attributes) => {
  const [type] = present(op, operands, 1);
  const dtype = DTYPE_OF.get(intOf(attributes, "to", 0));
  if (dtype === undefined) throw refused(op, "its attribute `to` names no dtype that lowerings use.", "Use cast(graph, value, dtype).");
  if (dtype === "string" || type!.dtype === "string") throw refused(op, `it cannot take ${type!.dtype} to ${dtype}.`, "Parse text where the frame is built; make text with a Gather of a table of strings.");
  return [{ dtype, dims: type!.dims }];
};

/** `string | int64` to `string | int64`; an int64 result must say what an unknown key gives, as the default -1 is Gather's last entry. */
export const labelEncoder: Infer = (op, operands, attributes) => {
  const [type] = present(op, operands, 1);
  const keys = type!.dtype === "string" ? stringsOf(attributes, "keys_strings").length : type!.dtype === "int64" ? intsOf(attributes, "keys_int64s").length : 0;
  const strings = stringsOf(attributes, "values_strings").length;
  const values = strings + intsOf(attributes, "values_int64s").length;
  if (keys === 0 || keys !== values) throw refused(op, `${keys} keys for ${describeType(type!)} and ${values} values.`, "Give keys_strings or keys_int64s, and as many values_strings or values_int64s.");
  if (strings === 0 && intOf(attributes, "default_int64", -1) < 0)
    throw refused(op, "an unknown key would give a negative code, which Gather takes as the last entry.", "Set default_int64 to the code of unseen values.");
  return [{ dtype: strings > 0 ? "string" : "int64", dims: type!.dims }];
};

/** float64 in and float64 tensors inside, so that the sum is in float64 in tree order; its result is float32, always. */
export const treeEnsemble: Infer = (op, operands, attributes) => {
  const [type] = present(op, operands, 1);
  oneDType(op, [type!], FLOATS);
  if (type!.dims.length !== 2 || !isBatch(type!.dims)) throw refused(op, `its input is ${describeType(type!)}.`, "Stack the columns to one [N, n] value.");
  if (float64sOf(attributes, "nodes_values_as_tensor") === null || float64sOf(attributes, "target_weights_as_tensor") === null)
    throw refused(op, "its thresholds and weights are not float64 tensors.", "Give nodes_values_as_tensor and target_weights_as_tensor.");
  if (attributes["nodes_values"] !== undefined || attributes["target_weights"] !== undefined)
    throw refused(op, "it has thresholds or weights twice.", "Leave nodes_values and target_weights out.");
  return [{ dtype: "float32", dims: [null, intOf(attributes, "n_targets", 1)] }];
};
