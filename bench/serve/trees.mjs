import { cast, createGraph, field, predictionOutputs, arithmetic, seeded } from "../../packages/core/dist/index.js";

/** Numbers of a row, in one column. */
const WIDTH = 28;

/** 100 trees of 31 leaves over 28 numbers, drawn at random: as costly to run as trained ones. */
export function treesModel(trees = 100, leaves = 31) {
  const graph = createGraph("numbers");
  const inputs = [field("x", "float64", { shape: [WIDTH] })];
  const [scores] = graph.node("TreeEnsembleRegressor", [graph.input(inputs[0])], [field("scores", "float32")], ensemble(trees, leaves, seeded("trees")));
  const problem = { kind: "binary", classes: ["no", "yes"], positive: "yes" };
  for (const [name, output] of predictionOutputs(graph, problem, arithmetic(graph).sigmoid(cast(graph, scores, "float64")))) graph.output(name, output, output.field);
  const seen = { x: { kind: "number", minimum: -2, maximum: 2, missing: 0 } };
  const signature = { name: "numbers", inputs, outputs: graph.outputs(), problem, seen };
  return { onnx: graph.finish(signature), signature };
}

function ensemble(trees, leaves, random) {
  const nodes = Array.from({ length: trees }, (_, tree) => grow(leaves, random).map((node, id) => ({ ...node, tree, id }))).flat();
  const ends = nodes.filter(({ mode }) => mode === "LEAF");
  const integers = (list, of) => BigInt64Array.from(list, (item) => BigInt(of(item)));
  const tensor = (list, of) => ({ dtype: "float64", dims: [list.length], values: Float64Array.from(list, of) });
  return {
    n_targets: 1n,
    nodes_treeids: integers(nodes, ({ tree }) => tree),
    nodes_nodeids: integers(nodes, ({ id }) => id),
    nodes_featureids: integers(nodes, ({ feature }) => feature),
    nodes_modes: nodes.map(({ mode }) => mode),
    nodes_values_as_tensor: tensor(nodes, ({ threshold }) => threshold),
    nodes_truenodeids: integers(nodes, ({ left }) => left),
    nodes_falsenodeids: integers(nodes, ({ right }) => right),
    nodes_missing_value_tracks_true: integers(nodes, () => 0),
    target_treeids: integers(ends, ({ tree }) => tree),
    target_nodeids: integers(ends, ({ id }) => id),
    target_ids: integers(ends, () => 0),
    target_weights_as_tensor: tensor(ends, () => (random() - 0.5) / 10),
  };
}

/** A leaf is split again and again until there are enough. */
function grow(leaves, random) {
  const leaf = () => ({ mode: "LEAF", feature: 0, threshold: 0, left: 0, right: 0 });
  const nodes = [leaf()];
  const ends = [0];
  while (ends.length < leaves) {
    const [at] = ends.splice(Math.floor(random() * ends.length), 1);
    const left = nodes.push(leaf()) - 1;
    const right = nodes.push(leaf()) - 1;
    nodes[at] = { mode: "BRANCH_LEQ", feature: Math.floor(random() * WIDTH), threshold: random() * 4 - 2, left, right };
    ends.push(left, right);
  }
  return nodes;
}
