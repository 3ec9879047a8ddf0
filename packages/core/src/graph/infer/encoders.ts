import { float64sOf, intOf, intsOf, stringOf, stringsOf, type Attributes } from "../attributes.js";
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
  if (stringOf(attributes, "aggregate_function", "SUM") !== "SUM" || stringOf(attributes, "post_transform", "NONE") !== "NONE")
    throw refused(op, "it does more than add leaves.", "Add with SUM and NONE, and transform the sum in float64.");
  const bare = targetWithoutTree(attributes);
  if (bare !== null) throw refused(op, `no tree adds to target ${bare} in each of its leaves, and onnxruntime leaves out the base value of a target that got nothing.`, "Give each leaf of a tree a weight, 0 if need be.");
  return [{ dtype: "float32", dims: [null, intOf(attributes, "n_targets", 1)] }];
};

/** The first target that some row may get nothing for; null: there is none. */
function targetWithoutTree(attributes: Attributes): number | null {
  const trees = intsOf(attributes, "nodes_treeids");
  const leaves = new Map<number, number>();
  stringsOf(attributes, "nodes_modes").forEach((mode, place) => mode === "LEAF" && leaves.set(trees[place]!, (leaves.get(trees[place]!) ?? 0) + 1));
  const [targetTrees, nodes] = [intsOf(attributes, "target_treeids"), intsOf(attributes, "target_nodeids")];
  const given = new Map<number, Map<number, Set<number>>>();
  intsOf(attributes, "target_ids").forEach((target, index) => {
    const byTree = given.get(target) ?? new Map<number, Set<number>>();
    given.set(target, byTree.set(targetTrees[index]!, (byTree.get(targetTrees[index]!) ?? new Set()).add(nodes[index]!)));
  });
  const covered = (target: number) => [...(given.get(target) ?? [])].some(([tree, found]) => found.size === leaves.get(tree));
  const bare = Array.from({ length: intOf(attributes, "n_targets", 1) }, (_, target) => target).find((target) => !covered(target));
  return bare ?? null;
}
