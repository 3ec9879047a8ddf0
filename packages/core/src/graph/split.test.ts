import { describe, expect, it } from "vitest";
import type { Frame } from "../contracts/frame.js";
import type { Tensor, Value } from "../contracts/graph.js";
import type { ModelBundle } from "../contracts/runtime.js";
import { field } from "../frame/frame.js";
import { seeded } from "../frame/random.js";
import { randomRows } from "../frame/random-rows.js";
import { randomGraph } from "../testkit/random-graph.js";
import { arithmetic } from "./arithmetic.js";
import { borderTensor } from "./border-tensor.js";
import { cast, castSparse } from "./cast.js";
import { lookup } from "./columns.js";
import { readModel } from "./read.js";
import { interpreter } from "./reference/interpret.js";
import { pick } from "./reference/kernel.js";
import { sparseVector } from "./sparse.js";
import { split } from "./split.js";
import { createGraph, type GraphWriter } from "./writer.js";

function feedsOf({ signature }: ModelBundle, batch: Frame): Map<string, Tensor> {
  return new Map(signature.inputs.map((input) => [input.name, borderTensor(batch.column(input.name), input, batch.length)]));
}

/** By the pieces over dictionaries, gathered to rows, and the rest. */
function runSplit(model: ModelBundle, batch: Frame): ReadonlyMap<string, Tensor> {
  const { pieces, rest } = split(model.onnx)!;
  const feeds = feedsOf(model, batch);
  const all = new Map(feeds);
  for (const piece of pieces) {
    const column = batch.column(piece.input);
    if (column.dtype !== "string") throw new Error("no text");
    const { codes, dictionary } = column;
    const tables = interpreter(readModel(piece.model))(new Map([[piece.input, { dtype: "string", dims: [dictionary.length, 1], values: dictionary }]]));
    for (const { name, dtype, width } of piece.outputs) {
      if (width === null) throw new Error("no table");
      const table = tables.get(name)!;
      expect([table.dtype, table.values.length]).toEqual([dtype, dictionary.length * width]);
      all.set(name, pick(table, [codes.length, ...table.dims.slice(1)], Array.from(codes, (code) => Array.from({ length: width }, (_, at) => code * width + at)).flat()));
    }
  }
  const outputs = rest === null ? new Map<string, Tensor>() : interpreter(readModel(rest))(all);
  return new Map(readModel(model.onnx).outputs.map(({ name }) => [name, outputs.get(name) ?? all.get(name)!]));
}

/** The place of each token of a text, `[N, ?]`. */
function tokenPlaces(graph: GraphWriter, text: Value): Value {
  const [line] = graph.node("Reshape", [text, graph.constant({ dtype: "int64", dims: [1], values: BigInt64Array.of(-1n) })], [text.field]);
  const [tokens] = graph.node("StringSplit", [line!], [field("tokens", "string", { shape: null }), field("count", "int64")], { delimiter: " " });
  return graph.node("LabelEncoder", [tokens!], [field("places", "int64", { shape: null })], { keys_strings: ["a", "b"], values_int64s: BigInt64Array.of(1n, 2n), default_int64: 9n })[0]!;
}

describe("split", () => {
  it("gives what the whole gives, whatever the graph", () => {
    const random = seeded(1);
    let pieces = 0;
    for (let run = 0; run < 150; run++) {
      const model = randomGraph(random);
      const batch = randomRows(model.signature.inputs, model.signature.seen, 30, random);
      const cut = split(model.onnx);
      pieces += cut?.pieces.length ?? 0;
      const whole = interpreter(readModel(model.onnx))(feedsOf(model, batch));
      if (cut !== null) expect(runSplit(model, batch)).toEqual(whole);
      else expect(model.signature.inputs.every(({ dtype }) => dtype !== "string")).toBe(true);
    }
    expect(pieces).toBeGreaterThan(150);
  });

  it("hoists what depends on one text, and cuts where two meet", () => {
    const graph = createGraph("two");
    const [a, b] = [graph.input(field("a", "string")), graph.input(field("b", "string"))];
    const { add, mul } = arithmetic(graph);
    const rate = mul(lookup(graph, graph.code(a, ["x"]), [1, 2, 3]), 2);
    const result = cast(graph, add(rate, lookup(graph, graph.code(b, ["y"]), [1, 2, 3])), "float32");
    graph.output("sum", result, result.field);
    const { pieces, rest } = split(graph.finish({ name: "two", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} }))!;
    expect(pieces.map(({ input, model, outputs }) => [input, readModel(model).nodes.map(({ op }) => op), outputs.map(({ dtype, width }) => [dtype, width])])).toEqual([
      ["a", ["LabelEncoder", "Gather", "Mul"], [["float64", 1]]],
      ["b", ["LabelEncoder", "Gather"], [["float64", 1]]],
    ]);
    expect(readModel(rest!).nodes.map(({ op }) => op)).toEqual(["Add", "Cast"]);
    expect(readModel(rest!).inputs.map(({ name }) => name)).toEqual(pieces.flatMap(({ outputs }) => outputs.map(({ name }) => name)));
  });

  it("leaves nothing to compute where pieces give every output, and is null without text", () => {
    const graph = createGraph("texts");
    const rate = cast(graph, lookup(graph, graph.code(graph.input(field("a", "string")), ["x"]), [1, 2, 3]), "float32");
    graph.output("rate", rate, rate.field);
    const cut = split(graph.finish({ name: "texts", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} }))!;
    expect(cut.rest).toBeNull();
    expect(cut.pieces[0]!.outputs).toEqual([{ name: "rate", dtype: "float32", width: 1 }]);
    const numbers = createGraph("numbers");
    const x = cast(numbers, numbers.input(field("x", "float64")), "float32");
    numbers.output("y", x, x.field);
    expect(split(numbers.finish({ name: "numbers", inputs: numbers.inputs(), outputs: numbers.outputs(), problem: null, seen: {} }))).toBeNull();
  });

  it("takes a sparse vector of one text for a table without a width, and leaves a text whose tokens meet another column where it is", () => {
    const graph = createGraph("tokens");
    const [a, b] = [graph.input(field("a", "string")), graph.input(field("b", "string"))];
    const numberOf = (text: Value) => lookup(graph, graph.code(text, ["x"]), [1, 2, 3]);
    const [own, met] = [a, b].map((text) => ({ places: tokenPlaces(graph, text), numbers: numberOf(text) }));
    const spread = (places: Value, number: Value) => arithmetic(graph).mul(cast(graph, places, "float64"), number);
    const alone = castSparse(graph, sparseVector(graph, "alone", 9, own!.places, spread(own!.places, own!.numbers)), "float32");
    const mixed = castSparse(graph, sparseVector(graph, "mixed", 9, met!.places, spread(met!.places, own!.numbers)), "float32");
    for (const value of [alone, mixed]) graph.output(value.field.name, value, value.field);
    const { pieces, rest } = split(graph.finish({ name: "tokens", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} }))!;
    expect(pieces.map(({ input, outputs }) => [input, outputs.map(({ width }) => width).toSorted()])).toEqual([["a", [1, null]]]);
    expect(readModel(rest!).inputs.map(({ name }) => name)).toContain("b");
  });

  it("is a function of the file", () => {
    const { onnx } = randomGraph(seeded(8));
    expect(split(onnx)).toEqual(split(onnx));
  });
});
