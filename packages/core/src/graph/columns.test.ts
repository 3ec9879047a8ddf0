import { describe, expect, it } from "vitest";
import type { Tensor, Value } from "../contracts/graph.js";
import { field } from "../frame/frame.js";
import { arithmetic } from "./arithmetic.js";
import { cast } from "./cast.js";
import { fill, lookup, unstack } from "./columns.js";
import { readModel } from "./read.js";
import { interpreter } from "./reference/interpret.js";
import { createGraph, type GraphWriter } from "./writer.js";

const NAMES = ["a", "b", "c"];

/** The operators of the graph of one result, and its values for these numbers in three columns. */
function run(graph: GraphWriter, result: Value, ...rows: number[][]): { readonly ops: readonly string[]; readonly values: readonly unknown[] } {
  graph.output("y", result, { ...result.field, name: "y" });
  const model = readModel(graph.finish({ name: "columns", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} }));
  const feeds = new Map(model.inputs.map(({ name }) => [name, { dtype: "float64", dims: [rows.length, 1], values: Float64Array.from(rows, (row) => row[NAMES.indexOf(name)]!) } satisfies Tensor]));
  return { ops: model.nodes.map(({ op }) => op), values: Array.from(interpreter(model)(feeds).get("y")!.values as Iterable<unknown>) };
}

const inputs = (graph: GraphWriter) => NAMES.map((name) => graph.input(field(name, "float64")));
const parts = (graph: GraphWriter, stacked: Value) => unstack(graph, stacked, NAMES.map((name) => field(name, "float64")));
/** Down to float32 and up again, as between a transform and a model. */
const rounded = (graph: GraphWriter, value: Value) => cast(graph, cast(graph, value, "float32"), "float64");

describe("stack", () => {
  it("takes the parts of one stacked value, cast alike, as that value, cast once", () => {
    const graph = createGraph("restacked");
    const halves = arithmetic(graph).mul(graph.stack(inputs(graph)), 0.1);
    const again = graph.stack(parts(graph, halves).map((value) => rounded(graph, value)));
    expect(again.field).toMatchObject({ dtype: "float64", shape: [3] });
    expect(run(graph, again, [1, 2, 3], [4, NaN, 6])).toEqual({ ops: ["Concat", "Mul", "Cast", "Cast"], values: [0.1, 0.2, 0.1 * 3, 0.4, NaN, 0.1 * 6].map(Math.fround) });
  });

  it("finds such a run among other values", () => {
    const graph = createGraph("among");
    const columns = inputs(graph);
    const all = graph.stack([columns[1]!, ...parts(graph, graph.stack(columns)), columns[0]!]);
    expect(run(graph, all, [1, 2, 3])).toEqual({ ops: ["Concat", "Concat"], values: [2, 1, 2, 3, 1] });
  });

  it.each<[string, (graph: GraphWriter, parts: readonly Value[]) => readonly Value[], readonly number[]]>([
    ["in another order", (_, [a, b, c]) => [b!, a!, c!], [2, 1, 3]],
    ["one of them left out", (_, [a, , c]) => [a!, c!], [1, 3]],
    ["one of them cast", (graph, [a, b, c]) => [a!, rounded(graph, b!), c!], [1, 2, 3]],
    ["the last one missing", (_, [a, b]) => [a!, b!], [1, 2]],
  ])("leaves parts %s", (_, choose, values) => {
    const graph = createGraph("left");
    const result = graph.stack(choose(graph, parts(graph, graph.stack(inputs(graph)))));
    const { ops, values: found } = run(graph, result, [1, 2, 3]);
    expect(ops).toContain("Split");
    expect(found).toEqual(values);
  });

  it("refuses codes, and nothing", () => {
    const graph = createGraph("refused");
    const codes = graph.code(graph.input(field("text", "string")), ["x"]);
    expect(() => graph.stack([codes])).toThrow(expect.objectContaining({ code: "GRAPH_OP_REFUSED", message: expect.stringContaining('"text" is int64') }));
    expect(() => graph.stack([])).toThrow(/nothing to stack/);
  });
});

describe("lookup and fill", () => {
  it("gather rows of a table, and spread a number", () => {
    const graph = createGraph("lookup");
    const index = cast(graph, inputs(graph)[0]!, "int64");
    expect(run(graph, lookup(graph, index, [1, 2, 3, 4], 2), [0], [1])).toEqual({ ops: ["Cast", "Gather", "Reshape"], values: [1, 2, 3, 4] });
    for (const like of ["float64", "int64"] as const) {
      const other = createGraph("fill");
      expect(run(other, fill(other, cast(other, inputs(other)[1]!, like), 7), [0, 1], [0, 2]).values).toEqual([7, 7]);
    }
  });
});
