import { arithmetic, type Attribute, cast, type Graph, type Value, type Values } from "@millrace/core";
import { setRuns, type SetRuns } from "./set-runs.js";
import { stackColumns, type Stacked } from "./stack-columns.js";
import type { TreesState } from "./state.js";

/**
 * P(positive), probabilities, or a number, as nodes: one ensemble over the columns side by side, and the link of the objective behind it (onnxruntime passes over
 * `post_transform` where there is one target). Throws TREES_INPUT.
 */
export function lowerTrees(state: TreesState, input: Values, graph: Graph): Values {
  const { exp, sigmoid } = arithmetic(graph);
  const scores = lowerScores(state, input, graph);
  if (state.classes === null) return new Map([["prediction", state.objective === "poisson" ? exp(scores) : scores]]);
  if (state.outputs === 1) return new Map([["score", sigmoid(scores)]]);
  return new Map([["probabilities", graph.node("Softmax", [scores], [{ ...scores.field, name: "probabilities" }], { axis: 1n })[0]!]]);
}

function lowerScores(state: TreesState, input: Values, graph: Graph): Value {
  const stacked = stackColumns(state, input, graph);
  const shape = state.outputs === 1 ? [] : [state.outputs];
  const [scores] = graph.node("TreeEnsembleRegressor", [stacked.value], [{ name: "scores", dtype: "float32", nullable: false, shape, categories: null }], ensembleOf(state, stacked));
  return cast(graph, scores!, "float64");
}

interface EnsembleNode {
  readonly tree: number;
  readonly id: number;
  readonly mode: "BRANCH_LEQ" | "LEAF";
  readonly feature: number;
  readonly threshold: number;
  readonly missingLeft: boolean;
  readonly left: number;
  readonly right: number;
}

interface EnsembleLeaf {
  readonly tree: number;
  readonly id: number;
  readonly output: number;
  readonly value: number;
}

/**
 * The attributes of a TreeEnsembleRegressor (ai.onnx.ml 3) with float64 tensors. The base is in the first tree of each output, where training added it, too.
 * A node that asks a set is a chain over the runs of ranks: up to the end of a run, to that run's side, else on. The links share the two children; runtimes take that
 * where the branch that holds leads to them (sets converted from other libraries are chains of equalities that share a child in the same way).
 */
function ensembleOf({ forest, outputs, base }: TreesState, { placeOf, ranks }: Stacked): Readonly<Record<string, Attribute>> {
  const nodes: EnsembleNode[] = [];
  const leaves: EnsembleLeaf[] = [];
  const leaf = (tree: number, id: number, value: number) => {
    nodes.push({ tree, id, mode: "LEAF", feature: 0, threshold: 0, missingLeft: false, left: 0, right: 0 });
    leaves.push({ tree, id, output: tree % outputs, value: (tree < outputs ? base[tree]! : 0) + value });
  };
  forest.roots.forEach((root, tree) => {
    const end = forest.roots[tree + 1] ?? forest.column.length;
    let fresh = end - root;
    for (let node = root; node < end; node++) {
      const column = forest.column[node]!;
      if (column < 0) {
        leaf(tree, node - root, forest.value[node]!);
        continue;
      }
      const branch = { tree, mode: "BRANCH_LEQ" as const, feature: placeOf(column) };
      const [left, right] = [forest.left[node]! - root, forest.right[node]! - root];
      if (forest.set[node]! < 0) nodes.push({ ...branch, id: node - root, threshold: forest.threshold[node]!, missingLeft: forest.missingLeft[node] === 1, left, right });
      else fresh = addSet(setRuns(forest, node, ranks.get(column)!), { ...branch, id: node - root, left, right }, fresh, nodes);
    }
  });
  for (let tree = forest.roots.length; tree < outputs; tree++) leaf(tree, 0, 0);
  return attributesOf(nodes, leaves, outputs);
}

/** The chain over a set's runs, its head at the node's own id, the others at ids from `fresh` on; the next free id. */
function addSet({ isFirstLeft, ends }: SetRuns, at: Omit<EnsembleNode, "threshold" | "missingLeft">, fresh: number, nodes: EnsembleNode[]): number {
  const sides = isFirstLeft ? [at.left, at.right] : [at.right, at.left];
  // A column of one run is never asked, but a node may keep all bins on one side.
  const steps = ends.length === 0 ? [Infinity] : ends.map((end) => end + 0.5);
  steps.forEach((threshold, run) => {
    const isLast = run === steps.length - 1;
    nodes.push({ ...at, id: run === 0 ? at.id : fresh + run - 1, threshold, missingLeft: false, left: sides[run % 2]!, right: isLast ? sides[(run + 1) % 2]! : fresh + run });
  });
  return fresh + steps.length - 1;
}

function attributesOf(nodes: readonly EnsembleNode[], leaves: readonly EnsembleLeaf[], outputs: number): Readonly<Record<string, Attribute>> {
  const integers = <T>(list: readonly T[], of: (item: T) => number) => BigInt64Array.from(list, (item) => BigInt(of(item)));
  const floats = <T>(list: readonly T[], of: (item: T) => number) => ({ dtype: "float64" as const, dims: [list.length], values: Float64Array.from(list, of) });
  return {
    n_targets: BigInt(outputs),
    nodes_treeids: integers(nodes, ({ tree }) => tree),
    nodes_nodeids: integers(nodes, ({ id }) => id),
    nodes_modes: nodes.map(({ mode }) => mode),
    nodes_featureids: integers(nodes, ({ feature }) => feature),
    nodes_values_as_tensor: floats(nodes, ({ threshold }) => threshold),
    nodes_missing_value_tracks_true: integers(nodes, ({ missingLeft }) => (missingLeft ? 1 : 0)),
    nodes_truenodeids: integers(nodes, ({ left }) => left),
    nodes_falsenodeids: integers(nodes, ({ right }) => right),
    target_treeids: integers(leaves, ({ tree }) => tree),
    target_nodeids: integers(leaves, ({ id }) => id),
    target_ids: integers(leaves, ({ output }) => output),
    target_weights_as_tensor: floats(leaves, ({ value }) => value),
  };
}
