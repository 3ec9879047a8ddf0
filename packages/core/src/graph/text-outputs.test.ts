import { expect, test } from "vitest";
import { field } from "../frame/frame.js";
import { sampleModel } from "../testkit/runtime/sample-model.js";
import { cast } from "./cast.js";
import { readModel } from "./read.js";
import { cutTextOutputs } from "./text-outputs.js";
import { createGraph } from "./writer.js";

test("a label leaves as the codes of its table, and other outputs stay", () => {
  const cut = cutTextOutputs(sampleModel().onnx)!;
  const names = readModel(sampleModel().onnx).outputs.map(({ name }) => name);
  expect([...cut.texts.keys()]).toEqual(["city", "label"]);
  expect(cut.texts.get("label")!.texts).toEqual(["late", "on time", ""]);
  const left = readModel(cut.model);
  expect(left.outputs.map(({ name }) => name)).toEqual(names.map((name) => cut.texts.get(name)?.codes ?? name));
  expect(left.outputs.find(({ name }) => name === cut.texts.get("label")!.codes)!.type).toEqual({ dtype: "int64", dims: [null, 1] });
  expect([...left.constants.values()].some(({ dtype }) => dtype === "string")).toBe(false);
});

test("codes that leave beside their texts leave once", () => {
  const graph = createGraph("both");
  const codes = graph.code(graph.input(field("s", "string")), ["a"]);
  const table = graph.constant({ dtype: "string", dims: [3], values: ["A", "", "?"] });
  const [text] = graph.node("Gather", [table, codes], [field("text", "string")], { axis: 0n });
  graph.output("text", text!, field("text", "string"));
  graph.output("again", text!, field("again", "string"));
  graph.output("code", cast(graph, codes, "int32"), field("code", "int32"));
  const cut = cutTextOutputs(graph.finish({ name: "both", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} }))!;
  expect(cut.texts.has("text")).toBe(true);
  expect(new Set(readModel(cut.model).outputs.map(({ name }) => name)).size).toBe(readModel(cut.model).outputs.length);
});

test("null where no output is a text", () => {
  const graph = createGraph("none");
  graph.output("y", cast(graph, graph.input(field("x", "float64")), "float32"), field("y", "float32"));
  expect(cutTextOutputs(graph.finish({ name: "none", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} }))).toBeNull();
});
