import type { GraphModel, GraphNode, Port } from "../graph-model.js";
import type { Tensor } from "../../contracts/graph.js";
import { need } from "../construction.js";

/** Values that lie side by side in one tensor, in this order. */
export interface Pack {
  readonly port: Port;
  readonly names: readonly string[];
}

/** A model with fewer tensors at its border, and what lies in each of them. */
export interface Packed {
  readonly model: GraphModel;
  readonly inputs: readonly Pack[];
  readonly outputs: readonly Pack[];
}

/** All float64 inputs `[N, n]` in one tensor, and all such outputs: a runtime takes several times as long for a tensor at the border as for a node. */
export function pack(model: GraphModel): Packed {
  const inputs = packsOf(model.inputs, "packed.in");
  const outputs = packsOf(model.outputs, "packed.out");
  const constants = new Map(model.constants);
  const isPacked = ({ names }: Pack): boolean => names.length > 1;
  const splits = inputs.filter(isPacked).map(({ port, names }): GraphNode => {
    constants.set("packed.sizes", widths(model.inputs.filter(({ name }) => names.includes(name))));
    return { op: "Split", domain: "", inputs: [port.name, "packed.sizes"], outputs: names, attributes: { axis: 1n } };
  });
  const concats = outputs.filter(isPacked).map(({ port, names }): GraphNode => ({ op: "Concat", domain: "", inputs: names, outputs: [port.name], attributes: { axis: 1n } }));
  const opsets = new Map(model.opsets);
  need(opsets, "", 17);
  return { model: { ...model, opsets, inputs: inputs.map(({ port }) => port), outputs: outputs.map(({ port }) => port), constants, nodes: [...splits, ...model.nodes, ...concats] }, inputs, outputs };
}

function packsOf(ports: readonly Port[], name: string): readonly Pack[] {
  const wide = ports.filter(({ type }) => type.dtype === "float64");
  const alone = (port: Port): Pack => ({ port, names: [port.name] });
  if (wide.length < 2) return ports.map(alone);
  const width = wide.reduce((sum, { type }) => sum + type.dims[1]!, 0);
  return [{ port: { name, type: { dtype: "float64", dims: [null, width] } }, names: wide.map((port) => port.name) }, ...ports.filter(({ type }) => type.dtype !== "float64").map(alone)];
}

function widths(ports: readonly Port[]): Tensor {
  return { dtype: "int64", dims: [ports.length], values: BigInt64Array.from(ports, ({ type }) => BigInt(type.dims[1]!)) };
}
