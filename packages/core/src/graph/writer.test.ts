import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Field } from "../contracts/frame.js";
import type { Signature } from "../contracts/model.js";
import { MillraceError } from "../errors/millrace-error.js";
import { field } from "../frame/frame.js";
import { arithmetic } from "./arithmetic.js";
import { cast } from "./cast.js";
import { lookup } from "./columns.js";
import { readModel, signatureOf } from "./read.js";
import { createGraph, type GraphWriter } from "./writer.js";

const scalar = (name: string, dtype: Field["dtype"]) => field(name, dtype);

/** Impute and scale a number, encode a text; both leave as float32. */
function small(): { graph: GraphWriter; signature: Signature } {
  const graph = createGraph("small");
  const { sub, div, where, isNaN } = arithmetic(graph);
  const distance = cast(graph, graph.input(scalar("distance", "float32")), "float64");
  const origin = graph.input(scalar("origin", "string"));
  graph.input(scalar("unused", "bool"));
  const scaled = div(sub(where(isNaN(distance), 500, distance), 500), 250);
  div(scaled, 3); // dead
  const encoded = lookup(graph, graph.code(origin, ["JFK", "SFO"]), [0.25, 0.75, 0.5, 0.1]);
  graph.output("distance", cast(graph, scaled, "float32"), scalar("distance", "float32"));
  graph.output("origin_rate", cast(graph, encoded, "float32"), scalar("origin_rate", "float32"));
  return { graph, signature: { name: "small", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} } };
}

const thrown = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (MillraceError.is(error)) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

describe("createGraph", () => {
  it("writes the same bytes for the same construction", () => {
    const bytes = [small(), small()].map(({ graph, signature }) => graph.finish(signature));
    expect(bytes[0]).toEqual(bytes[1]);
    expect(createHash("sha256").update(bytes[0]!).digest("hex")).toMatchInlineSnapshot(`"ad44d2c31823f6da956e48c1912c7660a57f5a042f913dcf5468a2e60884815e"`);
  });

  it("names tensors after columns, drops what no output needs, and carries its signature", () => {
    const { graph, signature } = small();
    const model = readModel(graph.finish(signature));
    expect(model.inputs.map(({ name }) => name)).toEqual(["distance", "origin"]);
    expect(model.outputs.map(({ name }) => name)).toEqual(["distance.out", "origin_rate"]);
    expect(model.nodes.map(({ op }) => op)).toEqual(["Cast", "IsNaN", "Where", "Sub", "Div", "LabelEncoder", "Gather", "Cast", "Cast"]);
    expect([...model.opsets]).toEqual([["", 17], ["ai.onnx.ml", 3]]);
    expect(new Set(model.nodes.flatMap(({ outputs }) => outputs)).size).toBe(9);
    expect(signatureOf(graph.finish(signature))).toEqual(signature);
    expect(model.metadata.get("millrace.missing.text")).toBe("An empty string is missing.");
    // 500 stands in the graph once.
    expect(model.constants.size).toBe(3);
  });

  it("shares equal constants and equal nodes", () => {
    const graph = createGraph("shared");
    const text = graph.input(scalar("text", "string"));
    expect(graph.code(text, ["a", "b"]).name).toBe(graph.code(text, ["a", "b"]).name);
    expect(graph.code(text, ["b", "a"]).name).not.toBe(graph.code(text, ["a", "b"]).name);
    const x = graph.input(scalar("x", "float64"));
    const { add } = arithmetic(graph);
    expect(add(x, 1).name).toBe(add(x, 1).name);
    expect(add(x, 0).name).not.toBe(add(x, -0).name);
    expect(cast(graph, x, "float64").name).toBe(x.name);
    const narrow = cast(graph, x, "float32");
    expect(cast(graph, cast(graph, narrow, "float64"), "float32").name).toBe(narrow.name);
    expect(cast(graph, narrow, "float64").name).not.toBe(x.name);
    const whole = cast(graph, x, "int64");
    expect(cast(graph, cast(graph, whole, "int32"), "int64").name).not.toBe(whole.name);
  });

  it("copies what it is given", () => {
    const graph = createGraph("copy");
    const x = graph.input(scalar("x", "float64"));
    const values = Float64Array.of(1);
    const [sum] = graph.node("Add", [x, graph.constant({ dtype: "float64", dims: [1, 1], values })], [scalar("sum", "float64")]);
    values[0] = 2;
    graph.output("sum", sum!, scalar("sum", "float64"));
    const model = readModel(graph.finish({ name: "copy", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} }));
    expect([...model.constants.values()].map((tensor) => [...tensor.values])).toEqual([[1]]);
  });

  it.each<[string, (graph: GraphWriter) => unknown, RegExp]>([
    ["an operator outside the list", (graph) => graph.node("Erf" as "Exp", [graph.input(scalar("x", "float64"))], [scalar("y", "float64")]), /not in the list/],
    ["inexact float32", (graph) => graph.node("Exp", [graph.input(scalar("x", "float32"))], [scalar("y", "float32")]), /depend on the batch/],
    ["two dtypes", (graph) => graph.node("Add", [graph.input(scalar("x", "float32")), graph.input(scalar("y", "float64"))], [scalar("z", "float64")]), /cannot take/],
    ["a result that is said to be another", (graph) => graph.node("IsNaN", [graph.input(scalar("x", "float32"))], [scalar("z", "float64")]), /is bool/],
    ["a sum over rows", (graph) => graph.node("ArgMax", [graph.input(scalar("x", "float64"))], [scalar("z", "int64")], { axis: 0n }), /mix rows/],
    ["text as a number", (graph) => cast(graph, graph.input(scalar("x", "string")), "float64"), /string/],
    ["a negative code", (graph) => graph.node("LabelEncoder", [graph.input(scalar("x", "string"))], [scalar("z", "int64")], { keys_strings: ["a"], values_int64s: BigInt64Array.of(0n) }), /negative code/],
    ["a constant of too few values", (graph) => graph.constant({ dtype: "float64", dims: [2], values: Float64Array.of(1) }), /not float64 \[2\]/],
    ["integer division", (graph) => graph.node("Div", [graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(1n) }), graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(1n) })], [scalar("z", "int64")]), /cannot take/],
  ])("refuses %s", (_, act, message) => {
    const error = thrown(() => act(createGraph("refused")));
    expect(error.code).toBe("GRAPH_OP_REFUSED");
    expect(error.message).toMatch(message);
    expect(error.mend).not.toBe("");
  });

  it("refuses a signature that does not fit, taken names, other graphs' values, and constants as outputs", () => {
    const { graph, signature } = small();
    expect(thrown(() => graph.finish({ ...signature, inputs: signature.inputs.slice(1) })).message).toMatch(/leaves out inputs that the outputs need: distance/);
    expect(thrown(() => graph.finish({ ...signature, outputs: [] })).code).toBe("GRAPH_SIGNATURE");
    expect(thrown(() => graph.input(scalar("origin", "string"))).code).toBe("GRAPH_NAME_TAKEN");
    const constant = graph.constant({ dtype: "float64", dims: [1, 1], values: Float64Array.of(1) });
    expect(thrown(() => graph.output("one", constant, scalar("one", "float64"))).code).toBe("GRAPH_OUTPUT");
    expect(thrown(() => cast(createGraph("other"), constant, "float32")).code).toBe("GRAPH_FOREIGN_VALUE");
    expect(thrown(() => graph.code(constant, ["a", ""])).code).toBe("GRAPH_CATEGORIES");
    expect(thrown(() => graph.input(scalar("raw", "bytes"))).code).toBe("GRAPH_BORDER");
  });

  it("gives each tensor a name of its own, whatever columns are called", () => {
    const graph = createGraph("names");
    const inputs = ["a", "a.out", "add.1", "b"].map((name) => graph.input(scalar(name, "float64")));
    const sums = ["a", "b", "a.out_", "add.1_"].map((name, index) => [name, arithmetic(graph).add(inputs[index]!, 1)] as const);
    for (const [name, sum] of sums) graph.output(name, arithmetic(graph).mul(sum, 2), scalar(name, "float64"));
    const { nodes, outputs } = readModel(graph.finish({ name: "names", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} }));
    expect(outputs.map(({ name }) => name)).toEqual(["a.out__", "b.out", "a.out_", "add.1_"]);
    expect(new Set(["a", "a.out", "add.1", "b", ...nodes.flatMap((node) => node.outputs)]).size).toBe(12);
    expect(thrown(() => graph.input(scalar("", "float64"))).code).toBe("GRAPH_NAME_TAKEN");
  });

  it("lets one value leave under two names, and an input as it is", () => {
    const graph = createGraph("twice");
    const x = graph.input(scalar("x", "float64"));
    for (const name of ["y", "z"]) graph.output(name, x, scalar(name, "float64"));
    expect(readModel(graph.finish({ name: "twice", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} })).nodes.map(({ op, outputs }) => [op, ...outputs])).toEqual([["Identity", "y"], ["Identity", "z"]]);
  });

  it.each<[string, (graph: GraphWriter) => unknown]>([
    ["another dtype", (graph) => graph.output("y", graph.input(scalar("x", "float64")), scalar("y", "float32"))],
    ["another width", (graph) => graph.output("y", graph.input(scalar("x", "float64")), field("y", "float64", { shape: [2] }))],
    ["a constant", (graph) => graph.output("y", graph.constant({ dtype: "float64", dims: [1, 1], values: Float64Array.of(1) }), scalar("y", "float64"))],
  ])("refuses an output that is %s", (_, act) => {
    expect(thrown(() => act(createGraph("refused"))).code).toBe("GRAPH_OUTPUT");
  });

  it("refuses bytes that are no ONNX file", () => {
    const { graph, signature } = small();
    const bytes = graph.finish(signature);
    expect(thrown(() => readModel(bytes.slice(0, bytes.length / 2))).code).toBe("GRAPH_INVALID");
    expect(thrown(() => readModel(new Uint8Array([1, 2, 3]))).code).toBe("GRAPH_INVALID");
  });
});
