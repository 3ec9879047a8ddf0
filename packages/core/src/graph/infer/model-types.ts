import type { Tensor } from "../../contracts/graph.js";
import type { Op } from "../../contracts/op.js";
import { MillraceError } from "../../errors/millrace-error.js";
import type { GraphModel, GraphNode } from "../graph-model.js";
import { OPS } from "../ops.js";
import type { TensorType } from "../tensor-type.js";
import { INFER } from "./infer.js";

/** The types of a file's values. One that an operator outside the list makes, or that depends on it, is not in the map, unless it is an output. */
export function inferTypes(model: GraphModel): ReadonlyMap<string, TensorType> {
  const types = new Map<string, TensorType>();
  for (const { name, type } of model.inputs) types.set(name, type);
  for (const [name, { dtype, dims }] of model.constants) types.set(name, { dtype, dims });
  for (const node of model.nodes) inferNode(node, types, model.constants)?.forEach((type, index) => types.set(node.outputs[index]!, type));
  for (const { name, type } of model.outputs) if (!types.has(name)) types.set(name, type);
  return types;
}

/** The types of a node's results; null where the list does not know them or would refuse the node. */
export function inferNode(node: GraphNode, types: ReadonlyMap<string, TensorType>, constants: ReadonlyMap<string, Tensor>): readonly TensorType[] | null {
  if (!isListed(node)) return null;
  const operands = node.inputs.map((name) => (name === "" ? null : { type: types.get(name), constant: constants.get(name) ?? null }));
  if (operands.some((operand) => operand !== null && operand.type === undefined)) return null;
  try {
    return INFER[node.op](node.op, operands as Parameters<(typeof INFER)[Op]>[1], node.attributes);
  } catch (error) {
    if (MillraceError.is(error, "GRAPH_OP_REFUSED")) return null;
    throw error;
  }
}

/** Whether the closed list holds the node's operator. */
export function isListed(node: GraphNode): node is GraphNode & { readonly op: Op } {
  return Object.hasOwn(OPS, node.op) && OPS[node.op as Op].domain === node.domain;
}
