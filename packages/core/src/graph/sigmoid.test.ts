import { expect, it } from "vitest";
import { field } from "../frame/frame.js";
import { seeded } from "../frame/random.js";
import { arithmetic } from "./arithmetic.js";
import type { Value } from "../contracts/graph.js";
import { OPS } from "./ops.js";
import { readModel } from "./read.js";
import { interpreter } from "./reference/interpret.js";
import { sumColumns } from "./sum-columns.js";
import { createGraph, type GraphWriter } from "./writer.js";

function modelOf(build: (graph: GraphWriter, x: Value) => Value, width = 1) {
  const graph = createGraph("formula");
  const y = build(graph, graph.input(field("x", "float64", { shape: width === 1 ? [] : [width] })));
  graph.output("y", y, y.field);
  return readModel(graph.finish({ name: "formula", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} }));
}

const valuesOf = (model: ReturnType<typeof modelOf>, numbers: Float64Array, width = 1) => interpreter(model)(new Map([["x", { dtype: "float64", dims: [numbers.length / width, width], values: numbers }]])).get("y")!.values as Float64Array;

const sigmoid = modelOf((graph, x) => arithmetic(graph).sigmoid(x));

it("a sigmoid is right to two bits, never falls, and is 1 minus itself on the other side", () => {
  const random = seeded("sigmoid");
  const numbers = Float64Array.from({ length: 20_000 }, () => Math.max(-708, (random() - 0.5) * 10 ** (random() * 6 - 3))).sort();
  const values = valuesOf(sigmoid, numbers);
  const others = valuesOf(sigmoid, numbers.map((number) => -number));
  for (let at = 0; at < numbers.length; at++) {
    const expected = 1 / (1 + Math.exp(-numbers[at]!));
    expect(Math.abs(values[at]! / expected - 1)).toBeLessThan(5e-16);
    expect(values[at]! + others[at]!).toBeCloseTo(1, 15);
    if (at > 0) expect(values[at]! >= values[at - 1]!).toBe(true);
  }
});

it("a sigmoid and a sum of columns consist of operators that have the same bits everywhere", () => {
  const sum = modelOf((graph, x) => sumColumns(graph, x), 11);
  for (const { op } of [...sigmoid.nodes, ...sum.nodes]) expect([op, OPS[op as keyof typeof OPS].exact]).toEqual([op, true]);
});

it.each([1, 2, 3, 8, 11])("a sum of %s columns has all of them in it", (width) => {
  const numbers = Float64Array.from({ length: 2 * width }, (_, at) => 2 ** at);
  const sums = [0, 1].map((row) => numbers.subarray(row * width, (row + 1) * width).reduce((sum, number) => sum + number, 0));
  expect(Array.from(valuesOf(modelOf((graph, x) => sumColumns(graph, x), width), numbers, width))).toEqual(sums);
});
