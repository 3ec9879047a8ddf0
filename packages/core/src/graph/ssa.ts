import type { Attribute, Tensor } from "../contracts/graph.js";
import { isTensor, type Attributes } from "./attributes.js";
import { keyOfAttributes, keyOfTensor } from "./identity.js";
import type { GraphNode } from "./graph-model.js";
import { copyOf } from "./tensor-bytes.js";
import { type TensorType } from "./tensor-type.js";

/** What is known of a value while a graph is built. A type of null: a brought operator made it, and nothing is known. */
export interface Definition {
  readonly type: TensorType | null;
  readonly constant: Tensor | null;
  readonly producer: GraphNode | null;
  /** What its final name is made from. */
  readonly hint: string;
}

/** A node before it has outputs. */
export type NodeSpec = Omit<GraphNode, "outputs">;

/**
 * A graph under construction, each value defined once, under an id that is not yet its name. All operators are pure, so equal
 * constants and equal nodes (operator, inputs, attributes) are one.
 */
export interface Ssa {
  readonly nodes: readonly GraphNode[];
  input(hint: string, type: TensorType): string;
  constant(tensor: Tensor): string;
  /** The ids of the results. */
  node(spec: NodeSpec, types: readonly (TensorType | null)[], hints: readonly string[]): readonly string[];
  /** Null for an id of another graph. */
  definition(id: string): Definition | null;
}

export function createSsa(): Ssa {
  const definitions = new Map<string, Definition>();
  const constants = new Map<string, string>();
  const known = new Map<string, readonly string[]>();
  const nodes: GraphNode[] = [];
  const define = (definition: Definition) => {
    const id = `%${definitions.size}`;
    definitions.set(id, definition);
    return id;
  };
  return {
    nodes,
    definition: (id) => definitions.get(id) ?? null,
    input: (hint, type) => define({ type, constant: null, producer: null, hint }),
    constant(tensor) {
      const key = keyOfTensor(tensor);
      const id = constants.get(key) ?? define({ type: { dtype: tensor.dtype, dims: [...tensor.dims] }, constant: copyOf(tensor), producer: null, hint: "constant" });
      constants.set(key, id);
      return id;
    },
    node(spec, types, hints) {
      const key = `${spec.domain}:${spec.op}(${spec.inputs.join()})${types.length}{${keyOfAttributes(spec.attributes)}}`;
      const same = known.get(key);
      if (same !== undefined) return same;
      const outputs: string[] = [];
      const node: GraphNode = { ...spec, attributes: copyAttributes(spec.attributes), outputs };
      types.forEach((type, index) => outputs.push(define({ type, constant: null, producer: node, hint: hints[index]! })));
      nodes.push(node);
      known.set(key, outputs);
      return outputs;
    },
  };
}

/** By hand: structuredClone takes twice as long for what most nodes have, which is nothing or a number. */
function copyAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, copyAttribute(value)]));
}

function copyAttribute(value: Attribute): Attribute {
  if (typeof value !== "object") return value;
  return isTensor(value) ? copyOf(value) : value.slice();
}
