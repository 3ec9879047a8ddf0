import type { Field } from "../contracts/frame.js";
import type { Value } from "../contracts/graph.js";
import type { Op } from "../contracts/op.js";
import { suggest } from "../errors/nearest.js";
import { intOf, type Attributes } from "./attributes.js";
import { need, type Construction } from "./construction.js";
import { INFER } from "./infer/infer.js";
import type { Operand } from "./infer/operand.js";
import { DTYPE_OF } from "./onnx-dtype.js";
import { OPS } from "./ops.js";
import { refused } from "./refuse.js";
import { describeType, fieldOf, isBatch, isSparseType, widthOfDims, type TensorType } from "./tensor-type.js";

/** One node of the closed list, checked; an equal node is reused. Throws GRAPH_OP_REFUSED. */
export function addNode(construction: Construction, op: Op, inputs: readonly (Value | null)[], outputs: readonly Field[], attributes: Attributes): readonly Value[] {
  if (!Object.hasOwn(OPS, op)) throw refused(op, "this operator is not in the list that lowerings may use.", suggest(op, Object.keys(OPS)));
  const operands = inputs.map((value) => (value === null ? null : operandOf(construction, op, value)));
  const facts = OPS[op];
  if (!facts.exact && operands.some((operand) => operand?.type.dtype === "float32"))
    throw refused(op, "in float32 its bits depend on the batch and on the CPU.", "Compute in float64: cast the input up with cast(graph, value, \"float64\"); results are cast down once, at the end.");
  const types = INFER[op](op, operands, attributes);
  check(op, types, outputs);
  const same = castAway(construction, op, inputs[0] ?? null, attributes);
  if (same !== null) return [{ name: same, field: fieldOf(types[0]!, outputs[0]!) }];
  const hints = outputs.map(({ name }) => name || op.toLowerCase());
  const ids = construction.ssa.node({ op, domain: facts.domain, inputs: inputs.map((value) => value?.name ?? ""), attributes }, types, hints);
  need(construction.opsets, facts.domain, facts.opset);
  return ids.map((name, index) => ({ name, field: fieldOf(types[index]!, outputs[index]!) }));
}

function operandOf(construction: Construction, op: string, value: Value): Operand {
  const { type, constant } = construction.define(value);
  if (type === null) throw refused(op, `the type of "${value.field.name}" is not known.`, "Use the outputs of a spliced model, not its inner values.");
  return { type, constant };
}

/** What the author said of the results must be what they are. */
function check(op: string, types: readonly TensorType[], outputs: readonly Field[]): void {
  if (types.length !== outputs.length) throw refused(op, `it has ${types.length} results, and ${outputs.length} fields describe them.`, `Describe ${types.length} results.`);
  types.forEach((type, index) => {
    const { name, dtype, shape } = outputs[index]!;
    if (dtype === "sparse" && isSparseType(type)) return;
    const width = widthOfDims(isBatch(type.dims) ? type.dims.slice(1) : type.dims);
    const said = shape === null ? width : widthOfDims(shape);
    if (dtype !== type.dtype || (said !== width && isBatch(type.dims)))
      throw refused(op, `its result "${name}" is ${describeType(type)}, and its field says ${dtype}${shape === null ? "" : ` [${shape.join(", ")}]`}.`, `Say dtype ${type.dtype} and shape ${width === 1 ? "[]" : `[${width}]`}.`);
  });
}

/**
 * The value that a Cast gives back: one of that dtype already; one that was only cast up since (float32, int32); or the int64 codes
 * behind int32 category codes. Null: the Cast is needed.
 */
function castAway(construction: Construction, op: Op, value: Value | null, attributes: Attributes): string | null {
  if (op !== "Cast" || value === null) return null;
  const { type, producer } = construction.define(value);
  const to = DTYPE_OF.get(intOf(attributes, "to", 0));
  if (type!.dtype === to) return value.name;
  if (producer?.op !== "Cast") return null;
  const source = producer.inputs[0]!;
  if (construction.ssa.definition(source)?.type?.dtype !== to) return null;
  const wasWidened = (to === "float32" && type!.dtype === "float64") || (to === "int32" && type!.dtype === "int64");
  const isCode = value.field.categories !== null && type!.dtype === "int32" && to === "int64";
  return wasWidened || isCode ? source : null;
}
