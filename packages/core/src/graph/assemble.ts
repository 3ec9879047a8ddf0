import type { Tensor } from "../contracts/graph.js";
import type { GraphModel, GraphNode } from "./graph-model.js";
import type { Ssa } from "./ssa.js";
import type { TensorType } from "./tensor-type.js";

/** A value that enters or leaves the graph: its id, and its tensor's name. */
export interface Port {
  readonly id: string;
  readonly name: string;
  readonly type: TensorType;
}

/** Ids of all that the exits depend on: what is not among them is dropped. */
export function reachable(ssa: Ssa, ids: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === "" || found.has(id)) continue;
    found.add(id);
    open.push(...(ssa.definition(id)?.producer?.inputs ?? []));
  }
  return found;
}

/** The model of what the exits depend on, ids replaced by names that are readable, unique, and the same for the same construction. */
export function assemble(ssa: Ssa, name: string, entries: readonly Port[], exits: readonly Port[], opsets: ReadonlyMap<string, number>, metadata: ReadonlyMap<string, string>): GraphModel {
  const kept = reachable(ssa, exits.map(({ id }) => id));
  const nodes = ssa.nodes.filter(({ outputs }) => outputs.some((id) => kept.has(id)));
  const names = nameAll(ssa, entries, exits, nodes);
  const nameOf = (id: string) => (id === "" ? "" : names.get(id)!);
  const constants = new Map<string, Tensor>();
  const keep = (id: string) => {
    const constant = ssa.definition(id)?.constant;
    if (constant) constants.set(nameOf(id), constant);
  };
  nodes.forEach(({ inputs }) => inputs.forEach(keep));
  return {
    name,
    opsets,
    inputs: entries.map(({ name, type }) => ({ name, type })),
    outputs: exits.map(({ name, type }) => ({ name, type })),
    constants,
    nodes: nodes.map((node) => ({ ...node, inputs: node.inputs.map(nameOf), outputs: node.outputs.map(nameOf) })),
    metadata,
  };
}

/** `hint.n`, counted in the order of use; entries and exits keep theirs. */
function nameAll(ssa: Ssa, entries: readonly Port[], exits: readonly Port[], nodes: readonly GraphNode[]): ReadonlyMap<string, string> {
  const names = new Map([...entries, ...exits].map(({ id, name }) => [id, name]));
  const taken = new Set(names.values());
  let count = 0;
  for (const { inputs, outputs } of nodes)
    for (const id of [...inputs, ...outputs]) {
      if (id === "" || names.has(id)) continue;
      let name = `${ssa.definition(id)!.hint.replace(/[^A-Za-z0-9_]+/g, "_") || "value"}.${count++}`;
      while (taken.has(name)) name += "_";
      taken.add(name);
      names.set(id, name);
    }
  return names;
}
