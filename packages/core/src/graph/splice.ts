import type { Field } from "../contracts/frame.js";
import type { Value, Values } from "../contracts/graph.js";
import { MillraceError } from "../errors/millrace-error.js";
import { need, type Construction } from "./construction.js";
import { inferTypes } from "./infer/model-types.js";
import type { GraphModel, Port } from "./graph-model.js";
import { GREATEST_ML_OPSET, GREATEST_OPSET, hasKnownOpsets, LEAST_OPSET } from "./opsets.js";
import { readModel } from "./read.js";
import { signatureIn } from "./signature.js";
import { describeType, fieldOf, type TensorType } from "./tensor-type.js";

/**
 * See Graph.splice. Inputs and outputs go by the names of the file's signature, or, without one, by those of its tensors. Equal constants
 * and equal nodes of both graphs become one. Throws GRAPH_SPLICE for inputs that do not fit or an operator set older than 17.
 */
export function splice(construction: Construction, bytes: Uint8Array, inputs: Values): Values {
  const model = readModel(bytes);
  const signature = signatureIn(model.metadata);
  checkOpsets(construction, model);
  const types = inferTypes(model);
  const ids = new Map<string, string>([["", ""]]);
  for (const port of model.inputs) ids.set(port.name, inputFor(construction, port, inputs).name);
  for (const [name, tensor] of model.constants) ids.set(name, construction.ssa.constant(tensor));
  const idOf = (name: string) => {
    const id = ids.get(name);
    if (id === undefined) throw unfit(`a node reads "${name}", which nothing before it makes`, "Give a file whose nodes stand behind what they read.");
    return id;
  };
  for (const node of model.nodes) {
    const outputs = construction.ssa.node({ ...node, inputs: node.inputs.map(idOf) }, node.outputs.map((name) => types.get(name) ?? null), node.outputs.map(hintOf));
    node.outputs.forEach((name, index) => ids.set(name, outputs[index]!));
  }
  return new Map(model.outputs.map((port, index) => valueOf(port, idOf(port.name), signature?.outputs[index] ?? null)));
}

/** The name without the number that made it unique. */
function hintOf(name: string): string {
  return name.replace(/\.\d+_*$/, "");
}

function valueOf({ name, type }: Port, id: string, told: Field | null): readonly [string, Value] {
  const said: Field = told ?? { name, dtype: type.dtype, nullable: true, shape: null, categories: null };
  return [said.name, { name: id, field: fieldOf(type, said) }];
}

function inputFor(construction: Construction, { name, type }: Port, inputs: Values): Value {
  const value = inputs.get(name);
  if (value === undefined) throw unfit(`its input "${name}" is not given; there are: ${[...inputs.keys()].join(", ")}`, `Give a ${describeType(type)} value "${name}".`);
  const given: TensorType | null = construction.define(value).type;
  if (given !== null && (given.dtype !== type.dtype || given.dims.at(-1) !== type.dims.at(-1)))
    throw unfit(`its input "${name}" is ${describeType(type)}, and ${describeType(given)} is given`, `Cast the value to ${type.dtype} first.`);
  return value;
}

/** Both graphs must mean the same by an operator's name. */
function checkOpsets({ opsets }: Construction, model: GraphModel): void {
  const theirs = model.opsets.get("") ?? LEAST_OPSET;
  if (theirs < LEAST_OPSET || theirs > GREATEST_OPSET) throw unfit(`it uses operator set ${theirs}, and graphs here use ${LEAST_OPSET} to ${GREATEST_OPSET}`, "Convert it with onnx.version_converter.convert_version(model, 17).");
  if (!hasKnownOpsets(model.opsets)) throw unfit(`it uses a later ai.onnx.ml than ${GREATEST_ML_OPSET}`, "Export it with ai.onnx.ml 3.");
  for (const [domain, version] of model.opsets) need(opsets, domain, version);
}

function unfit(what: string, mend: string): MillraceError {
  return new MillraceError({ code: "GRAPH_SPLICE", message: `The model cannot be spliced in: ${what}.`, mend });
}
