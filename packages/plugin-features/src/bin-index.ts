import { cast, type Field, type Graph, type Value } from "@millrace/core";

interface Nodes {
  readonly trees: bigint[];
  readonly ids: bigint[];
  readonly features: bigint[];
  readonly thresholds: number[];
  readonly modes: string[];
  readonly yes: bigint[];
  readonly no: bigint[];
  readonly leafTrees: bigint[];
  readonly leafIds: bigint[];
  readonly weights: number[];
}

/**
 * Of a float64 `[N, n]` value, column by column, how many of that column's edges (ascending) are at most the value, as float64; for NaN, as
 * many as there are edges. One balanced tree of comparisons per column in one node: 255 edges cost 8 comparisons a value.
 */
export function binIndex(x: Value, edges: readonly ArrayLike<number>[], graph: Graph): Value {
  const nodes: Nodes = { trees: [], ids: [], features: [], thresholds: [], modes: [], yes: [], no: [], leafTrees: [], leafIds: [], weights: [] };
  edges.forEach((column, tree) => grow(nodes, tree, column, 0, column.length, { next: 0 }));
  const tensor = (values: readonly number[]) => ({ dtype: "float64" as const, dims: [values.length], values: Float64Array.from(values) });
  const output: Field = { ...x.field, name: "bin", dtype: "float32", nullable: false };
  const [bins] = graph.node("TreeEnsembleRegressor", [x], [output], {
    n_targets: BigInt(edges.length),
    nodes_treeids: BigInt64Array.from(nodes.trees),
    nodes_nodeids: BigInt64Array.from(nodes.ids),
    nodes_featureids: BigInt64Array.from(nodes.features),
    nodes_values_as_tensor: tensor(nodes.thresholds),
    nodes_modes: nodes.modes,
    nodes_truenodeids: BigInt64Array.from(nodes.yes),
    nodes_falsenodeids: BigInt64Array.from(nodes.no),
    nodes_missing_value_tracks_true: new BigInt64Array(nodes.ids.length),
    target_treeids: BigInt64Array.from(nodes.leafTrees),
    target_nodeids: BigInt64Array.from(nodes.leafIds),
    target_ids: BigInt64Array.from(nodes.leafTrees),
    target_weights_as_tensor: tensor(nodes.weights),
  });
  return cast(graph, bins!, "float64");
}

/** The node over bins `low` to `high`; returns its id. Parents stand before their children, as onnxruntime wants the root first. */
function grow(nodes: Nodes, tree: number, edges: ArrayLike<number>, low: number, high: number, ids: { next: number }): bigint {
  const id = BigInt(ids.next++);
  const middle = (low + high) >> 1;
  const isLeaf = low === high;
  const at = nodes.ids.push(id) - 1;
  nodes.trees.push(BigInt(tree));
  nodes.features.push(isLeaf ? 0n : BigInt(tree));
  nodes.thresholds.push(isLeaf ? 0 : edges[middle]!);
  nodes.modes.push(isLeaf ? "LEAF" : "BRANCH_LT");
  nodes.yes.push(0n);
  nodes.no.push(0n);
  if (isLeaf) {
    nodes.leafTrees.push(BigInt(tree));
    nodes.leafIds.push(id);
    nodes.weights.push(low);
    return id;
  }
  nodes.yes[at] = grow(nodes, tree, edges, low, middle, ids);
  nodes.no[at] = grow(nodes, tree, edges, middle + 1, high, ids);
  return id;
}
