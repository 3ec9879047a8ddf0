import type { GraphModel, GraphNode } from "../graph-model.js";
import { isListed } from "../infer/model-types.js";
import { STEPS } from "./steps.js";
import type { Facts, Plan } from "./step.js";

/** A node and how it is done row by row. */
export interface Planned {
  readonly node: GraphNode;
  readonly plan: Plan;
}

/** A graph in three: what is done row by row before and behind what only a runtime can do. */
export interface Parts {
  readonly before: readonly Planned[];
  readonly between: readonly GraphNode[];
  readonly behind: readonly Planned[];
}

/** As much as can stand before the runtime's part does, and of the rest as much as can stand behind it. */
export function partsOf(model: GraphModel, facts: Facts): Parts {
  const known = new Set([...model.inputs.map(({ name }) => name), ...model.constants.keys(), ""]);
  const before: Planned[] = [];
  const rest: { readonly node: GraphNode; readonly plan: Plan | null }[] = [];
  for (const node of model.nodes) {
    const plan = isListed(node) ? (STEPS[node.op]?.(node, facts) ?? null) : null;
    if (plan === null || !node.inputs.every((name) => known.has(name))) rest.push({ node, plan });
    else {
      before.push({ node, plan });
      node.outputs.forEach((name) => known.add(name));
    }
  }
  const between: GraphNode[] = [];
  const behind: Planned[] = [];
  // What a runtime's node reads, directly or not, the runtime makes.
  const read = new Set<string>();
  for (const { node, plan } of rest.toReversed()) {
    if (plan !== null && !node.outputs.some((name) => read.has(name))) behind.push({ node, plan });
    else {
      between.push(node);
      node.inputs.forEach((name) => read.add(name));
    }
  }
  return { before, between: between.reverse(), behind: behind.reverse() };
}
