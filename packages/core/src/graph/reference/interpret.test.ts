import { describe, expect, it } from "vitest";
import type { Tensor } from "../../contracts/graph.js";
import { field } from "../../frame/frame.js";
import { arithmetic } from "../arithmetic.js";
import { cast } from "../cast.js";
import { encodeModel } from "../encode.js";
import { readModel } from "../read.js";
import { createGraph } from "../writer.js";
import { interpreter } from "./interpret.js";

const column = (...values: number[]): Tensor => ({ dtype: "float64", dims: [values.length, 1], values: Float64Array.from(values) });

describe("the interpreter", () => {
  it("fails the batch where onnxruntime does: NaN as an index, and an index outside of the table", () => {
    const graph = createGraph("index");
    const index = cast(graph, graph.input(field("x", "float64")), "int64");
    const table = graph.constant({ dtype: "float64", dims: [3], values: Float64Array.of(10, 20, 30) });
    const [found] = graph.node("Gather", [table, index], [field("y", "float64")]);
    graph.output("y", found!, found!.field);
    const run = interpreter(readModel(graph.finish({ name: "index", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} })));
    const at = (...values: number[]) => Array.from(run(new Map([["x", column(...values)]])).get("y")!.values as Float64Array);
    expect(at(0, 2.9, -1)).toEqual([10, 30, 30]);
    expect(() => at(0, NaN)).toThrow(expect.objectContaining({ code: "RUNTIME_FAILED", message: expect.stringContaining("NaN is no integer") }));
    expect(() => at(3)).toThrow(expect.objectContaining({ code: "RUNTIME_FAILED", message: expect.stringContaining("index 3") }));
  });

  it("rounds to float32 where the graph says float32, and nowhere else", () => {
    const graph = createGraph("rounding");
    const x = graph.input(field("x", "float64"));
    const { add } = arithmetic(graph);
    const wide = add(add(x, 1e9), -1e9);
    const narrow = cast(graph, cast(graph, add(x, 1e9), "float32"), "float64");
    graph.output("wide", wide, wide.field);
    graph.output("narrow", narrow, narrow.field);
    const results = interpreter(readModel(graph.finish({ name: "rounding", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} })))(new Map([["x", column(3)]]));
    expect([...results.values()].map(({ values }) => values[0])).toEqual([3, Math.fround(1e9 + 3)]);
  });

  it("composes a sigmoid that is exact far out", () => {
    const graph = createGraph("sigmoid");
    const y = arithmetic(graph).sigmoid(graph.input(field("x", "float64")));
    graph.output("y", y, y.field);
    const run = interpreter(readModel(graph.finish({ name: "sigmoid", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} })));
    const values = run(new Map([["x", column(-40, -745, 0, 40, -Infinity, Infinity, NaN)]])).get("y")!.values as Float64Array;
    expect(values[0]! / Math.exp(-40)).toBeCloseTo(1, 12);
    expect(Array.from(values.subarray(1))).toEqual([0, 0.5, 1, 0, 1, NaN]);
  });

  it("names an operator that it has not", () => {
    const model = readModel(encodeModel({ name: "other", opsets: new Map([["", 17]]), inputs: [], outputs: [], constants: new Map(), nodes: [{ op: "Erf", domain: "", inputs: [], outputs: ["y"], attributes: {} }], metadata: new Map() }));
    expect(() => interpreter(model)).toThrow(expect.objectContaining({ code: "GRAPH_UNSUPPORTED", message: expect.stringContaining("Erf") }));
  });
});
