import { arithmetic, cast, concat, createFrame, createGraph, field, goldenRows, lookup, numberColumn, predictionOutputs, seeded, slice, sumColumns, textColumn, toRows, type Frame, type Graph, type ModelBundle, type Problem, type Value } from "@millrace/core";
import { frameDifference, randomFrame, randomGraph, sampleModel } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { onnxruntime } from "./onnxruntime.js";

const runtime = onnxruntime();
const BINARY: Problem = { kind: "binary", classes: ["no", "yes"], positive: "yes" };

function binaryModel(build: (graph: Graph, x: Value, city: Value) => Value): ModelBundle {
  const graph = createGraph("model");
  const score = build(graph, graph.input(field("x", "float64", { shape: [7] })), graph.input(field("city", "string")));
  for (const [name, output] of predictionOutputs(graph, BINARY, score)) graph.output(name, output, output.field);
  const signature = { name: "model", inputs: graph.inputs(), outputs: graph.outputs(), problem: BINARY, seen: {} };
  return { onnx: graph.finish(signature), signature };
}

const logistic = binaryModel((graph, x, city) => {
  const { add, isNaN, mul, row, sigmoid, where } = arithmetic(graph);
  const numbers = mul(where(isNaN(x), 0.5, x), row([0.1, -0.7, 1 / 3, 2, -1e-3, 5, 0.2]));
  return sigmoid(add(sumColumns(graph, numbers), lookup(graph, graph.code(city, ["a", "ü"]), [0.3, -0.4, 0.1, 0])));
});

/** Many trees of one question, whose sum depends on the order in which the leaves are added. */
const forest = binaryModel((graph, x, city) => {
  const trees = 150;
  const random = seeded("trees");
  const ints = (of: (tree: number, node: number) => number) => BigInt64Array.from({ length: 3 * trees }, (_, at) => BigInt(of(Math.floor(at / 3), at % 3)));
  const [sum] = graph.node("TreeEnsembleRegressor", [x], [field("sum", "float32")], {
    n_targets: 1n,
    nodes_treeids: ints((tree) => tree),
    nodes_nodeids: ints((_, node) => node),
    nodes_featureids: ints((tree, node) => (node === 0 ? tree % 7 : 0)),
    nodes_modes: Array.from({ length: 3 * trees }, (_, at) => (at % 3 === 0 ? "BRANCH_LEQ" : "LEAF")),
    nodes_values_as_tensor: { dtype: "float64", dims: [3 * trees], values: Float64Array.from({ length: 3 * trees }, () => random() * 4 - 2) },
    nodes_truenodeids: ints((_, node) => (node === 0 ? 1 : 0)),
    nodes_falsenodeids: ints((_, node) => (node === 0 ? 2 : 0)),
    nodes_missing_value_tracks_true: ints((tree, node) => (node === 0 ? tree % 2 : 0)),
    target_treeids: BigInt64Array.from({ length: 2 * trees }, (_, at) => BigInt(at >> 1)),
    target_nodeids: BigInt64Array.from({ length: 2 * trees }, (_, at) => BigInt(1 + (at % 2))),
    target_ids: new BigInt64Array(2 * trees),
    target_weights_as_tensor: { dtype: "float64", dims: [2 * trees], values: Float64Array.from({ length: 2 * trees }, () => (random() - 0.5) * 10 ** (random() * 8 - 4)) },
    base_values_as_tensor: { dtype: "float64", dims: [1], values: Float64Array.of(0.123456789) },
  });
  const { add, sigmoid } = arithmetic(graph);
  return sigmoid(add(cast(graph, sum!, "float64"), lookup(graph, graph.code(city, ["a"]), [0.3, -0.4, 0.1])));
});

/** Missing values, unseen texts, infinities and extremes, and random rows. */
function oddRows({ signature }: ModelBundle, rows: number, seed: number): Frame {
  return concat([goldenRows(signature.inputs, {}), randomFrame(signature.inputs, rows, seeded(seed))]);
}

/** Where rows, alone and in small batches, differ from what a session says of the whole file; null: nowhere. */
async function apart(model: ModelBundle, rows: Frame): Promise<string | null> {
  await using whole = await runtime.load(model, "whole");
  await using auto = await runtime.load(model);
  for (const size of [1, 5, 24])
    for (let from = 0; from < rows.length; from += size) {
      const batch = slice(rows, from, Math.min(rows.length, from + size));
      const found = frameDifference(await auto.predict(batch), await whole.predict(batch));
      if (found !== null) return `rows from ${from}, ${size} at once: ${found}`;
    }
  return null;
}

describe("a few rows", () => {
  it.each([["logistic", logistic], ["trees", forest], ["the sample model", sampleModel()]] as const)("have the bits of a session: %s", async (_, model) => {
    expect(await apart(model, oddRows(model, 60, 1))).toBeNull();
  });

  it("have the bits of a session, whatever the graph", async () => {
    for (let seed = 0; seed < 25; seed++) {
      const model = randomGraph(seeded(seed));
      expect([seed, await apart(model, oddRows(model, 20, seed))]).toEqual([seed, null]);
    }
  });

  it("go to a session where a row does what only a runtime can tell", async () => {
    const graph = createGraph("outside");
    const x = graph.input(field("x", "float64"));
    const { add } = arithmetic(graph);
    const place = graph.node("Cast", [x], [field("place", "int64")], { to: 7n })[0]!;
    const found = cast(graph, add(lookup(graph, place, [1, 2, 3]), 0.5), "float32");
    graph.output("y", found, field("y", "float32"));
    const signature = { name: "outside", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} };
    await using predictor = await runtime.load({ onnx: graph.finish(signature), signature });
    const ask = (...values: number[]) => predictor.predict(createFrame(signature.inputs, [numberColumn("float64", Float64Array.from(values))], values.length));
    expect(toRows(await ask(0, 2, -1)).map(({ y }) => y)).toEqual([1.5, 3.5, 3.5]);
    await expect(ask(1, 3)).rejects.toMatchObject({ code: "RUNTIME_FAILED" });
    expect(toRows(await ask(1)).map(({ y }) => y)).toEqual([2.5]);
  });

  it("do not mix when they are asked at the same time", async () => {
    await using predictor = await runtime.load(sampleModel());
    const rows = oddRows(sampleModel(), 30, 2);
    await using whole = await runtime.load(sampleModel(), "whole");
    const expected = await whole.predict(rows);
    const found = await Promise.all(Array.from({ length: rows.length }, (_, row) => predictor.predict(slice(rows, row, row + 1))));
    found.forEach((answer, row) => expect(frameDifference(answer, slice(expected, row, row + 1))).toBeNull());
  });

  it("may be texts alone", async () => {
    const graph = createGraph("texts");
    const text = graph.input(field("text", "string"));
    graph.output("same", text, field("same", "string"));
    const signature = { name: "texts", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} };
    await using predictor = await runtime.load({ onnx: graph.finish(signature), signature });
    expect(toRows(await predictor.predict(createFrame(signature.inputs, [textColumn(["é", "", "😀"])], 3)))).toEqual([{ same: "é" }, { same: null }, { same: "😀" }]);
  });
});
