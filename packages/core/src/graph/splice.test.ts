import { describe, expect, it } from "vitest";
import type { Field } from "../contracts/frame.js";
import type { Value } from "../contracts/graph.js";
import type { ModelBundle } from "../contracts/runtime.js";
import { createFrame, field } from "../frame/frame.js";
import { seeded } from "../frame/random.js";
import { randomRows } from "../frame/random-rows.js";
import { frameDifference } from "../testkit/frame-difference.js";
import { randomGraph } from "../testkit/random-graph.js";
import { cast } from "./cast.js";
import { lookup } from "./columns.js";
import { encodeModel } from "./encode.js";
import { readModel } from "./read.js";
import { referenceRuntime } from "./reference/runtime.js";
import { createGraph } from "./writer.js";

/** The model within a graph of its own, as often as said. */
function spliced({ onnx, signature }: ModelBundle, times: number): ModelBundle {
  const graph = createGraph("random");
  const inputs = new Map(signature.inputs.map((input) => [input.name, graph.input(input)]));
  for (let time = 0; time < times; time++)
    for (const [name, value] of graph.splice(onnx, inputs)) graph.output(time === 0 ? name : `${name}.${time}`, value, { ...signature.outputs.find((output) => output.name === name)!, name: time === 0 ? name : `${name}.${time}` });
  const outputs = graph.outputs();
  return { onnx: graph.finish({ ...signature, outputs }), signature: { ...signature, outputs } };
}

const numbers = (name: string, dtype: Field["dtype"]) => field(name, dtype);

describe("splice", () => {
  it("keeps what a model computes, and adds nothing the second time", async () => {
    const random = seeded(3);
    for (let run = 0; run < 40; run++) {
      const model = randomGraph(random);
      const batch = randomRows(model.signature.inputs, model.signature.seen, 20, random);
      const [once, twice] = [spliced(model, 1), spliced(model, 2)];
      const results = await Promise.all([model, once].map(async (each) => (await referenceRuntime.load(each)).predict(batch)));
      expect(frameDifference(results[0]!, results[1]!)).toBeNull();
      const count = ({ onnx }: ModelBundle) => readModel(onnx).nodes.filter(({ op }) => op !== "Identity").length;
      expect(count(once)).toBe(count(model));
      expect(count(twice)).toBe(count(model));
      const second = await (await referenceRuntime.load(twice)).predict(batch);
      const { outputs } = model.signature;
      expect(frameDifference(createFrame(outputs, outputs.map(({ name }) => second.column(`${name}.1`)), 20), results[0]!)).toBeNull();
    }
  });

  it("shares codes and casts with the graph around it, and reads codes through their int32 cast", () => {
    const inner = createGraph("features");
    const codes = inner.code(inner.input(numbers("city", "string")), ["a", "b"]);
    const out = cast(inner, codes, "int32");
    inner.output("city", out, { ...out.field, name: "city" });
    const features = inner.finish({ name: "features", inputs: inner.inputs(), outputs: inner.outputs(), problem: null, seen: {} });
    const graph = createGraph("model");
    const city = graph.input(numbers("city", "string"));
    const mine = graph.code(city, ["a", "b"]);
    const theirs = graph.splice(features, new Map([["city", city]])).get("city")!;
    expect(theirs.field).toMatchObject({ dtype: "int32", categories: ["a", "b"] });
    expect(cast(graph, theirs, "int64").name).toBe(mine.name);
    const weight = cast(graph, lookup(graph, cast(graph, theirs, "int64"), [1, 2, 3, 4]), "float32");
    graph.output("weight", weight, weight.field);
    const model = readModel(graph.finish({ name: "model", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} }));
    expect(model.nodes.map(({ op }) => op)).toEqual(["LabelEncoder", "Gather", "Cast"]);
  });

  it("refuses inputs that do not fit, and operator sets that mean something else", () => {
    const inner = createGraph("inner");
    const y = cast(inner, inner.input(numbers("x", "float64")), "float32");
    inner.output("y", y, y.field);
    const bytes = inner.finish({ name: "inner", inputs: inner.inputs(), outputs: inner.outputs(), problem: null, seen: {} });
    const graph = createGraph("outer");
    const refuse = (model: Uint8Array, inputs: ReadonlyMap<string, Value>) => expect(() => graph.splice(model, inputs));
    refuse(bytes, new Map()).toThrow(expect.objectContaining({ code: "GRAPH_SPLICE", message: expect.stringContaining('"x" is not given') }));
    refuse(bytes, new Map([["x", graph.input(numbers("f", "float32"))]])).toThrow(expect.objectContaining({ code: "GRAPH_SPLICE", mend: "Cast the value to float64 first." }));
    const x = new Map([["x", graph.input(numbers("x", "float64"))]]);
    refuse(encodeModel({ ...readModel(bytes), opsets: new Map([["", 13]]) }), x).toThrow(/operator set 13/);
    refuse(new Uint8Array([0xff, 0xff]), x).toThrow(expect.objectContaining({ code: "GRAPH_INVALID" }));
  });

  it("raises the operator set only where the spliced file needs it, and takes operators outside the list", () => {
    const inner = createGraph("inner");
    const y = cast(inner, inner.input(numbers("x", "float64")), "float32");
    inner.output("y", y, y.field);
    const model = readModel(inner.finish({ name: "inner", inputs: inner.inputs(), outputs: inner.outputs(), problem: null, seen: {} }));
    const foreign = encodeModel({ ...model, opsets: new Map([["", 20]]), nodes: [{ op: "Gelu", domain: "", inputs: ["x"], outputs: ["h"], attributes: {} }, { ...model.nodes[0]!, inputs: ["h"] }], metadata: new Map() });
    const graph = createGraph("outer");
    const result = graph.splice(foreign, new Map([["x", graph.input(numbers("x", "float64"))]])).get("y")!;
    graph.output("y", result, { ...result.field, name: "y" });
    const outer = readModel(graph.finish({ name: "outer", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} }));
    expect(outer.opsets.get("")).toBe(20);
    expect(outer.nodes.map(({ op }) => op)).toEqual(["Gelu", "Cast"]);
  });
});
