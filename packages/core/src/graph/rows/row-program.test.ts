import { describe, expect, it } from "vitest";
import type { Tensor } from "../../contracts/graph.js";
import { field } from "../../frame/frame.js";
import { seeded } from "../../frame/random.js";
import { borderTensor } from "../border-tensor.js";
import { arithmetic } from "../arithmetic.js";
import { cast } from "../cast.js";
import { encodeModel } from "../encode.js";
import { lookup } from "../columns.js";
import { interpreter } from "../reference/interpret.js";
import { readModel } from "../read.js";
import { sumColumns } from "../sum-columns.js";
import { createGraph, type GraphWriter } from "../writer.js";
import { oddFrame } from "../../testkit/random-frame.js";
import { randomGraph } from "../../testkit/random-graph.js";
import { rowProgram } from "./row-program.js";

const column = (...values: number[]): Tensor => ({ dtype: "float64", dims: [values.length, 1], values: Float64Array.from(values) });

function finished(graph: GraphWriter): Uint8Array {
  return graph.finish({ name: "graph", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} });
}

/** All outputs, the runtime's part by the reference. */
function run(bytes: Uint8Array, feeds: ReadonlyMap<string, Tensor>, rows: number): readonly Tensor[] | null {
  const program = rowProgram(bytes)!;
  const begun = program.begin(feeds, rows);
  return begun === null ? null : begun.end(program.between === null ? new Map() : interpreter(readModel(program.between))(begun.feeds));
}

describe("a row program", () => {
  it("computes what the graph says, bit for bit, whatever the graph", () => {
    for (let seed = 0; seed < 60; seed++) {
      const { onnx, signature } = randomGraph(seeded(seed));
      const rows = oddFrame(signature.inputs, 12, seed);
      const feeds = new Map(signature.inputs.map((input) => [input.name, borderTensor(rows.column(input.name), input, rows.length)]));
      const expected = [...interpreter(readModel(onnx))(feeds).values()].map(({ values }) => values);
      expect([seed, run(onnx, feeds, rows.length)?.map(({ values }) => values)]).toEqual([seed, expected]);
    }
  });

  it("leaves nothing to the runtime of a logistic regression over numbers and texts", () => {
    const graph = createGraph("logistic");
    const { add, mul, row, sigmoid } = arithmetic(graph);
    const x = graph.input(field("x", "float64", { shape: [5] }));
    const margin = add(sumColumns(graph, mul(x, row([1, 2, 3, 4, 5]))), lookup(graph, graph.code(graph.input(field("city", "string")), ["a", "b"]), [1, 2, 3, 4]));
    graph.output("score", cast(graph, sigmoid(margin), "float32"), field("score", "float32"));
    expect(rowProgram(finished(graph))!.between).toBeNull();
  });

  it("gives the runtime its part as one tensor in and one out", () => {
    const graph = createGraph("between");
    const { add, exp, log, mul } = arithmetic(graph);
    const [x, y] = ["x", "y"].map((name) => graph.input(field(name, "float64")));
    const [shrunk, grown] = [log(mul(x!, 2)), exp(add(y!, 1))];
    graph.output("sum", cast(graph, add(shrunk, grown), "float32"), field("sum", "float32"));
    const between = readModel(rowProgram(finished(graph))!.between!);
    expect(between.nodes.map(({ op }) => op)).toEqual(["Split", "Log", "Exp", "Concat"]);
    expect([between.inputs.length, between.outputs.length]).toEqual([1, 1]);
    expect(run(finished(graph), new Map([["x", column(1, 2)], ["y", column(0, -1)]]), 2)![0]!.values).toEqual(Float32Array.of(Math.log(2) + Math.E, Math.log(4) + 1));
  });

  it("is none where all is the runtime's", () => {
    const graph = createGraph("runtime");
    const y = arithmetic(graph).exp(graph.input(field("x", "float64")));
    graph.output("y", y, y.field);
    expect(rowProgram(finished(graph))).toBeNull();
  });

  it("is none of a file of another operator set, whose operators may mean something else", () => {
    const graph = createGraph("other");
    const y = arithmetic(graph).add(graph.input(field("x", "float64")), 1);
    graph.output("y", y, y.field);
    const model = readModel(finished(graph));
    const of = (domain: string, version: number) => rowProgram(encodeModel({ ...model, opsets: new Map([...model.opsets, [domain, version]]) }));
    expect(of("", 21)).not.toBeNull();
    expect([of("", 13), of("", 22), of("ai.onnx.ml", 5)]).toEqual([null, null, null]);
  });

  it.each([
    ["base values that are no float64", { base_values: Float32Array.of(1) }],
    ["a leaf with two weights", { target_treeids: BigInt64Array.of(0n, 0n), target_nodeids: BigInt64Array.of(0n, 0n), target_ids: BigInt64Array.of(0n, 0n), target_weights_as_tensor: { dtype: "float64", dims: [2], values: Float64Array.of(1, 2) } as const }],
    ["two targets", { n_targets: 2n, target_treeids: BigInt64Array.of(0n, 0n), target_nodeids: BigInt64Array.of(0n, 0n), target_ids: BigInt64Array.of(0n, 1n), target_weights_as_tensor: { dtype: "float64", dims: [2], values: Float64Array.of(1, 2) } as const }],
  ])("leaves trees to the runtime that have %s", (_, more) => {
    const graph = createGraph("tree");
    const tensor = (...values: number[]) => ({ dtype: "float64", dims: [values.length], values: Float64Array.from(values) }) as const;
    const tree = { n_targets: 1n, nodes_treeids: BigInt64Array.of(0n), nodes_nodeids: BigInt64Array.of(0n), nodes_featureids: BigInt64Array.of(0n), nodes_modes: ["LEAF"], nodes_values_as_tensor: tensor(0), nodes_truenodeids: BigInt64Array.of(0n), nodes_falsenodeids: BigInt64Array.of(0n), target_treeids: BigInt64Array.of(0n), target_nodeids: BigInt64Array.of(0n), target_ids: BigInt64Array.of(0n), target_weights_as_tensor: tensor(1) };
    const x = graph.input(field("x", "float64"));
    const shape = "n_targets" in more ? [2] : [];
    const [sum] = graph.node("TreeEnsembleRegressor", [arithmetic(graph).add(x, 1)], [field("sum", "float32", { shape })], { ...tree, ...more });
    graph.output("sum", sum!, field("sum", "float32", { shape }));
    expect(readModel(rowProgram(finished(graph))!.between!).nodes.map(({ op }) => op)).toEqual(["TreeEnsembleRegressor"]);
  });

  it.each([
    ["NaN is to be a whole number", NaN],
    ["a whole number is more than a cell holds", 2 ** 60],
    ["an index is outside its table", 4],
  ])("gives a row up where %s", (_, value) => {
    const graph = createGraph("given up");
    const place = cast(graph, graph.input(field("x", "float64")), "int64");
    const y = lookup(graph, place, [1, 2, 3]);
    graph.output("y", y, y.field);
    expect(run(finished(graph), new Map([["x", column(0, value)]]), 2)).toBeNull();
    expect(run(finished(graph), new Map([["x", column(0, 2)]]), 2)![0]!.values).toEqual(Float64Array.of(1, 3));
  });
});
