import { describe, expect, it } from "vitest";
import type { Field } from "../contracts/frame.js";
import type { Graph, Tensor, Value, Values } from "../contracts/graph.js";
import type { Problem, Trainer } from "../contracts/trainer.js";
import type { Transform } from "../contracts/transform.js";
import { defineFold } from "../fold/define-fold.js";
import { field } from "../frame/frame.js";
import { arithmetic } from "./arithmetic.js";
import { lowerAfter, lowerTrainer, lowerTransform } from "./lower.js";
import { predictionOutputs } from "./outputs.js";
import { readModel } from "./read.js";
import { interpreter } from "./reference/interpret.js";
import { createGraph, type GraphWriter } from "./writer.js";

const INPUTS = [field("f", "float32"), field("n", "int32"), field("b", "bool"), field("at", "timestamp"), field("code", "int32", { categories: ["a"], nullable: false }), field("text", "string")];

/** A transform of which only `lower` counts. */
const transform = (lower: (input: Values, graph: Graph) => Values): Transform => ({
  learnsFrom: "inputs",
  fields: () => [],
  fit: () => defineFold({ start: () => null, add: () => null, merge: () => null, finish: () => null }),
  lower: (_state, input, graph) => lower(input, graph),
});
const trainer = (lower: (input: Values, graph: Graph) => Values): Trainer => ({ sparse: true, train: async () => null, lower: (_state, input, graph) => lower(input, graph) });
const inputsOf = (graph: GraphWriter, fields: readonly Field[] = INPUTS) => new Map(fields.map((input) => [input.name, graph.input(input)]));
const shown = (values: Values) => [...values].map(([name, { field }]) => [name, field.name, field.dtype, field.shape, field.categories]);

describe("lowerTransform", () => {
  it("casts up what enters", () => {
    let seen: unknown = null;
    const graph = createGraph("in");
    lowerTransform(
      graph,
      transform((input) => {
        seen = [...input].map(([name, { field }]) => [name, field.dtype, field.categories]);
        return new Map();
      }),
      null,
      [],
      inputsOf(graph),
    );
    expect(seen).toEqual([["f", "float64", null], ["n", "float64", null], ["b", "float64", null], ["at", "float64", null], ["code", "int64", ["a"]], ["text", "string", null]]);
  });

  it("casts down what leaves, in the order of the promise, and tells what was learnt", () => {
    const graph = createGraph("out");
    const promised = [field("y", "float32", { shape: null }), field("left out", "float32"), field("c", "int32", { shape: null, nullable: false }), field("t", "string")];
    const lower = transform((input, graph) => new Map([["t", input.get("text")!], ["c", graph.code(input.get("text")!, ["x", "y"])], ["y", graph.stack([input.get("n")!, input.get("f")!])]]));
    const results = lowerTransform(graph, lower, null, promised, inputsOf(graph));
    expect(shown(results)).toEqual([["y", "y", "float32", [2], null], ["c", "c", "int32", [], ["x", "y"]], ["t", "t", "string", [], null]]);
    expect(results.get("c")!.field.nullable).toBe(false);
  });

  it.each<[string, Field, (input: Values, graph: Graph) => Value, RegExp]>([
    ["a column that was not promised", field("other", "float32"), (input) => input.get("f")!, /was not promised: other/],
    ["float64", field("y", "float64"), (input) => input.get("f")!, /promised as float64/],
    ["codes without categories", field("y", "int32"), (input) => input.get("f")!, /without categories/],
    ["a truth", field("y", "float32"), (input, graph) => arithmetic(graph).isNaN(input.get("f")!), /is bool where float64/],
    ["text as a number", field("y", "float32"), (input) => input.get("text")!, /is string where float64/],
  ])("refuses %s", (_, promised, of, message) => {
    const graph = createGraph("refused");
    const lower = transform((input, graph) => new Map([["y", of(input, graph)]]));
    expect(() => lowerTransform(graph, lower, null, [promised], inputsOf(graph))).toThrow(expect.objectContaining({ code: "GRAPH_RESULT", message: expect.stringMatching(message) }));
  });
});

describe("lowerAfter", () => {
  it("leaves numbers in float64, so that the cast to float32 is one", () => {
    const graph = createGraph("after");
    const lower = transform((input, graph) => new Map([["prediction", arithmetic(graph).exp(input.get("prediction")!)]]));
    const inputs = inputsOf(graph, [field("prediction", "float64")]);
    expect(shown(lowerAfter(graph, lower, null, [field("prediction", "float32")], inputs))).toEqual([["prediction", "prediction", "float64", [], null]]);
  });
});

describe("lowerTrainer", () => {
  const binary: Problem = { kind: "binary", classes: ["no", "yes"], positive: "yes" };

  it.each<[string, Problem, (input: Values, graph: Graph) => Values, RegExp]>([
    ["another name", binary, (input) => new Map([["prediction", input.get("f")!]]), /"score", and this one gave prediction/],
    ["nothing", binary, () => new Map(), /gave none/],
    ["two values", binary, (input) => new Map([["score", input.get("f")!], ["more", input.get("f")!]]), /score, more/],
    ["another width", { kind: "multiclass", classes: ["a", "b", "c"] }, (input, graph) => new Map([["probabilities", graph.stack([input.get("f")!, input.get("n")!])]]), /has 2 numbers a row, and the problem has 3/],
    ["another dtype", binary, (input, graph) => new Map([["score", arithmetic(graph).isNaN(input.get("f")!)]]), /is bool where float64/],
  ])("refuses %s", (_, problem, lower, message) => {
    const graph = createGraph("refused");
    expect(() => lowerTrainer(graph, trainer(lower), null, problem, inputsOf(graph))).toThrow(expect.objectContaining({ code: "GRAPH_RESULT", message: expect.stringMatching(message) }));
  });
});

describe("predictionOutputs", () => {
  /** The outputs for these values of a model. */
  function outputs(problem: Problem, values: readonly number[]): Record<string, unknown> {
    const graph = createGraph("outputs");
    const width = problem.kind === "multiclass" ? problem.classes.length : 1;
    const input = field("value", "float64", { shape: width === 1 ? [] : [width] });
    const name = problem.kind === "binary" ? "score" : problem.kind === "multiclass" ? "probabilities" : "prediction";
    const value = lowerTrainer(graph, trainer((all) => new Map([[name, all.get("value")!]])), null, problem, inputsOf(graph, [input]));
    for (const [name, output] of predictionOutputs(graph, problem, value)) graph.output(name, output, output.field);
    const bytes = graph.finish({ name: "outputs", inputs: [input], outputs: graph.outputs(), problem, seen: {} });
    const feed: Tensor = { dtype: "float64", dims: [values.length / width, width], values: Float64Array.from(values) };
    return Object.fromEntries([...interpreter(readModel(bytes))(new Map([["value", feed]]))].map(([name, { values }]) => [name, Array.from(values as Iterable<unknown>)]));
  }

  it("rounds a regression's number once", () => {
    expect(outputs({ kind: "regression" }, [0.1, NaN, 1e300])).toEqual({ prediction: [Math.fround(0.1), NaN, Infinity] });
  });

  it("puts the probabilities in the order of the classes, whichever is positive", () => {
    const { score, probabilities, label } = outputs({ kind: "binary", classes: ["no", "yes"], positive: "yes" }, [0.25, 0.75]);
    expect({ score, probabilities, label }).toEqual({ score: [0.25, 0.75], probabilities: [0.75, 0.25, 0.25, 0.75], label: ["no", "yes"] });
    expect(outputs({ kind: "binary", classes: ["late", "on time"], positive: "late" }, [0.25, 0.75])).toEqual({ score: [0.25, 0.75], probabilities: [0.25, 0.75, 0.75, 0.25], label: ["on time", "late"] });
  });

  it("gives a tie to the first class, decides in float64, and has no label for NaN", () => {
    const problem: Problem = { kind: "binary", classes: ["no", "yes"], positive: "yes" };
    expect(outputs(problem, [0.5, 0.5 + 2 ** -53, NaN])).toEqual({ score: [0.5, 0.5, NaN], probabilities: [0.5, 0.5, 0.5, 0.5, NaN, NaN], label: ["no", "yes", ""] });
    expect(outputs({ kind: "multiclass", classes: ["a", "b", "c"] }, [0.2, 0.4, 0.4, 0.1, NaN, 0.9]).label).toEqual(["b", ""]);
  });
});
