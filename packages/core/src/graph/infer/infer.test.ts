import { describe, expect, it } from "vitest";
import type { Attribute, Graph, Value } from "../../contracts/graph.js";
import type { Field } from "../../contracts/frame.js";
import type { Op } from "../../contracts/op.js";
import { field } from "../../frame/frame.js";
import { createGraph } from "../writer.js";

const int64 = (graph: Graph, ...values: number[]) => graph.constant({ dtype: "int64", dims: [values.length], values: BigInt64Array.from(values, BigInt) });
const widthOf = (graph: Graph, x: Value) => graph.node("Shape", [x], [field("width", "int64", { shape: null })], { start: 1n, end: 2n })[0]!;
const float64 = (graph: Graph, dims: readonly number[]) => graph.constant({ dtype: "float64", dims, values: new Float64Array(dims.reduce((product, size) => product * size, 1)) });

interface Case {
  readonly op: Op;
  readonly inputs: (graph: Graph, x: Value) => readonly (Value | null)[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly message: RegExp;
}

const tree = (change: Readonly<Record<string, Attribute>>): Readonly<Record<string, Attribute>> => ({
  nodes_treeids: BigInt64Array.of(0n, 0n, 0n),
  nodes_nodeids: BigInt64Array.of(0n, 1n, 2n),
  nodes_modes: ["BRANCH_LEQ", "LEAF", "LEAF"],
  nodes_values_as_tensor: { dtype: "float64", dims: [3], values: new Float64Array(3) },
  target_treeids: BigInt64Array.of(0n, 0n),
  target_nodeids: BigInt64Array.of(1n, 2n),
  target_ids: BigInt64Array.of(0n, 0n),
  target_weights_as_tensor: { dtype: "float64", dims: [2], values: new Float64Array(2) },
  ...change,
});

/** Each with x of float64 [N, 3]. */
const REFUSED: readonly Case[] = [
  { op: "Add", inputs: (graph, x) => [x, float64(graph, [5, 1])], message: /do not broadcast row by row/ },
  { op: "Add", inputs: (graph, x) => [x, float64(graph, [1, 2])], message: /do not broadcast/ },
  { op: "Add", inputs: (graph, x) => [x, float64(graph, [2, 1, 3])], message: /do not broadcast/ },
  { op: "Add", inputs: (_, x) => [x], message: /got 1 inputs/ },
  { op: "Concat", inputs: (_, x) => [x, x], attributes: { axis: 0n }, message: /mix rows/ },
  { op: "Concat", inputs: (graph, x) => [x, float64(graph, [1, 1])], attributes: { axis: 1n }, message: /a constant does not broadcast|side by side/ },
  { op: "Gather", inputs: (graph, x) => [x, int64(graph, 0)], message: /mix rows/ },
  { op: "Gather", inputs: (_, x) => [x, x], message: /cannot take/ },
  { op: "GatherElements", inputs: (graph, x) => [x, int64(graph, 0)], attributes: { axis: 1n }, message: /does not pick/ },
  { op: "MatMul", inputs: (_, x) => [x, x], message: /row by row/ },
  { op: "MatMul", inputs: (graph, x) => [x, float64(graph, [2, 3])], message: /row by row/ },
  { op: "ReduceSum", inputs: (_, x) => [x], message: /axes are no int64 constant/ },
  { op: "ReduceSum", inputs: (graph, x) => [x, int64(graph, 0)], message: /mix rows/ },
  { op: "Reshape", inputs: (graph, x) => [x, int64(graph, 1, -1)], message: /cannot become/ },
  { op: "Reshape", inputs: (graph, x) => [x, int64(graph, -1, 2)], message: /cannot become/ },
  { op: "Slice", inputs: (graph, x) => [x, int64(graph, 0), int64(graph, 1), int64(graph, 0)], message: /mix rows/ },
  { op: "Slice", inputs: (graph, x) => [x, int64(graph, 0), int64(graph, 1), int64(graph, 1), int64(graph, 2)], message: /step is not 1/ },
  { op: "Softmax", inputs: (_, x) => [x], attributes: { axis: 0n }, message: /mix rows/ },
  { op: "Softmax", inputs: (_, x) => [x], attributes: { axis: 2n }, message: /no axis 2/ },
  { op: "Shape", inputs: (_, x) => [x], message: /more than the width/ },
  { op: "Shape", inputs: (_, x) => [x], attributes: { start: 0n, end: 2n }, message: /more than the width/ },
  { op: "TopK", inputs: (graph, x) => [x, int64(graph, 2)], attributes: { axis: 1n }, message: /k is not the width/ },
  { op: "TopK", inputs: (graph, x) => [x, widthOf(graph, x)], attributes: { axis: 0n }, message: /does not put rows in order/ },
  { op: "TopK", inputs: (graph, x) => [graph.node("IsNaN", [x], [field("b", "bool", { shape: [3] })])[0]!, widthOf(graph, x)], attributes: { axis: 1n }, message: /cannot put/ },
  { op: "Split", inputs: (graph, x) => [x, int64(graph, 1, 1)], attributes: { axis: 1n }, message: /does not fall into 1 \+ 1/ },
  { op: "Where", inputs: (_, x) => [x, x, x], message: /condition is float64/ },
  { op: "Not", inputs: (_, x) => [x], message: /cannot take/ },
  { op: "Clip", inputs: (graph, x) => [x, float64(graph, [1]), float64(graph, [])], message: /bound has dimensions/ },
  { op: "Clip", inputs: (graph, x) => [x, float64(graph, [])], message: /absent bound/ },
  { op: "Cast", inputs: (_, x) => [x], attributes: { to: 10n }, message: /names no dtype/ },
  { op: "Cast", inputs: (_, x) => [x], attributes: { to: 8n }, message: /float64 to string/ },
  { op: "LabelEncoder", inputs: (_, x) => [x], attributes: { keys_floats: Float32Array.of(1), values_int64s: BigInt64Array.of(0n) }, message: /0 keys/ },
  { op: "TreeEnsembleRegressor", inputs: (graph) => [float64(graph, [1, 3])], attributes: tree({}), message: /Stack|its input/ },
  { op: "TreeEnsembleRegressor", inputs: (_, x) => [x], attributes: { nodes_values: Float32Array.of(1) }, message: /no|not float64 tensors/ },
  { op: "TreeEnsembleRegressor", inputs: (_, x) => [x], attributes: tree({ nodes_values: new Float32Array(3) }), message: /twice/ },
  { op: "TreeEnsembleRegressor", inputs: (_, x) => [x], attributes: tree({ post_transform: "LOGISTIC" }), message: /more than add/ },
  { op: "TreeEnsembleRegressor", inputs: (_, x) => [x], attributes: tree({ n_targets: 2n }), message: /no tree adds to target 1/ },
];

describe("inference", () => {
  it.each(REFUSED.map((each) => [`${each.op}: ${each.message.source}`, each] as const))("refuses %s", (_, { op, inputs, attributes, message }) => {
    const graph = createGraph("refused");
    const x = graph.input(field("x", "float64", { shape: [3] }));
    const output: Field = field("y", "float64", { shape: null });
    expect(() => graph.node(op, inputs(graph, x), [output], attributes)).toThrow(expect.objectContaining({ code: "GRAPH_OP_REFUSED", message: expect.stringMatching(message), mend: expect.stringMatching(/\.$/) }));
  });

  const TOKENS = { min_gram_length: 1n, max_gram_length: 1n, max_skip_count: 0n, mode: "TF", ngram_counts: BigInt64Array.of(0n), ngram_indexes: BigInt64Array.of(0n), pool_strings: ["a"] };
  const lines = (graph: Graph, text: Value) => graph.node("Reshape", [text, int64(graph, -1)], [field("text", "string")])[0]!;
  const split = (graph: Graph, text: Value, attributes: Readonly<Record<string, Attribute>> = { delimiter: " " }) => graph.node("StringSplit", [text], [field("tokens", "string", { shape: null }), field("count", "int64")], attributes);

  it("refuses of tokens what libraries differ in, what is not counting, and a width that no batch shares", () => {
    const graph = createGraph("tokens");
    const text = graph.input(field("t", "string"));
    const found = split(graph, lines(graph, text))[0]!;
    expect(found.field.shape).toBeNull();
    expect(() => split(graph, text)).toThrow(/cannot take string \[N, 1\]/);
    expect(() => split(graph, lines(graph, text), {})).toThrow(/no delimiter/);
    expect(() => split(graph, lines(graph, text), { delimiter: " ", maxsplit: 1n })).toThrow(/stops after/);
    const count = (input: Value, change: object) => graph.node("TfIdfVectorizer", [input], [field("y", "float32", { shape: null })], { ...TOKENS, ...change });
    expect(count(found, {})[0]!.field.shape).toEqual([]);
    expect(() => count(found, { pool_strings: [] })).toThrow(/a pool of 0/);
    expect(() => count(found, { mode: "TFIDF" })).toThrow(/more than count/);
    expect(() => count(found, { weights: Float32Array.of(2) })).toThrow(/more than count/);
    expect(() => count(found, { max_gram_length: 2n })).toThrow(/more than count/);
    expect(() => count(found, { ngram_indexes: BigInt64Array.of(0n, 1n) })).toThrow(/2 places for a pool of 1/);
    expect(() => graph.output("tokens", found, found.field)).toThrow(expect.objectContaining({ code: "GRAPH_OUTPUT", message: expect.stringContaining("string [N, ?]") }));
  });

  it("tells each result's dtype and shape", () => {
    const graph = createGraph("shapes");
    const x = graph.input(field("x", "float64", { shape: [3] }));
    const shapeOf = (op: Op, inputs: readonly Value[], attributes: Readonly<Record<string, Attribute>> = {}) => {
      const [{ field: found }] = graph.node(op, inputs, [field("y", op === "ArgMax" ? "int64" : "float64", { shape: null })], attributes) as [Value];
      return [found.dtype, found.shape];
    };
    expect(shapeOf("Add", [x, float64(graph, [3])])).toEqual(["float64", [3]]);
    expect(shapeOf("ArgMax", [x], { axis: -1n })).toEqual(["int64", []]);
    expect(shapeOf("ReduceSum", [x, int64(graph, -1)])).toEqual(["float64", []]);
    expect(shapeOf("Gather", [x, int64(graph, 2, 0)], { axis: 1n })).toEqual(["float64", [2]]);
    expect(shapeOf("Slice", [x, int64(graph, -2), int64(graph, 99), int64(graph, 1)])).toEqual(["float64", [2]]);
    expect(shapeOf("MatMul", [x, float64(graph, [3, 4])])).toEqual(["float64", [4]]);
    expect(shapeOf("Reshape", [x, int64(graph, -1, 3, 1)])).toEqual(["float64", [3, 1]]);
    expect(shapeOf("Mul", [float64(graph, [2, 3]), float64(graph, [3])])).toEqual(["float64", [2, 3]]);
  });
});
