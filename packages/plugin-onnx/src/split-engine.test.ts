import { arithmetic, cast, codedColumn, createFrame, createGraph, field, lookup, numberColumn, slice, textColumn, toRows, type Frame, type ModelBundle } from "@millrace/core";
import { frameDifference, sampleModel } from "@millrace/core/testkit";
import { expect, test } from "vitest";
import { onnxruntime } from "./onnxruntime.js";
import { planSplit } from "./split-plan.js";

const runtime = onnxruntime();
const IDS = Array.from({ length: 5000 }, (_, index) => `id ${index}`);

/** A text to its number, and a number times 400 weights: more than a chunk's bytes at 10,000 rows. */
function wideModel(): ModelBundle {
  const graph = createGraph("wide");
  const id = graph.input(field("id", "string"));
  const { mul, row, add } = arithmetic(graph);
  const place = lookup(graph, graph.code(id, IDS), Float64Array.from({ length: IDS.length + 2 }, (_, index) => index));
  const x = graph.input(field("x", "float64"));
  graph.output("place", cast(graph, place, "float32"), field("place", "float32"));
  graph.output("wide", cast(graph, mul(add(x, place), row(Float64Array.from({ length: 400 }, (_, index) => 1 / (index + 1)))), "float32"), field("wide", "float32", { shape: [400] }));
  const signature = { name: "wide", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} };
  return { onnx: graph.finish(signature), signature };
}

function wideBatch(rows: number): Frame {
  const codes = Int32Array.from({ length: rows }, (_, row) => (row * 7919) % IDS.length);
  return createFrame([field("id", "string"), field("x", "float64")], [codedColumn(codes, IDS), numberColumn("float64", Float64Array.from(codes, Math.sin))], rows);
}

test("chunks of wide rows and short last chunks join to what the whole gives", async () => {
  const batch = wideBatch(12_345);
  await using whole = await runtime.load(wideModel(), "whole");
  await using split = await runtime.load(wideModel(), "split");
  expect(frameDifference(await split.predict(batch), await whole.predict(batch))).toBeNull();
});

test("outputs lie in the memory that is given", async () => {
  await using split = await runtime.load(wideModel(), "split");
  const given = new Set<ArrayBufferLike>();
  const allocate = (bytes: number) => {
    const memory = new Uint8Array(bytes);
    given.add(memory.buffer);
    return memory;
  };
  const batch = wideBatch(12_345);
  const found = await split.predict(batch, allocate);
  expect(frameDifference(found, await split.predict(batch))).toBeNull();
  for (const { name } of found.fields) expect(given).toContain((found.column(name) as { values: Float32Array }).values.buffer);
});

test("a few rows of a large dictionary run only their own texts", async () => {
  await using split = await runtime.load(wideModel(), "split");
  const batch = slice(wideBatch(6000), 10, 14);
  const places = toRows(await split.predict(batch)).map(({ place }) => place);
  expect(places).toEqual([10, 11, 12, 13].map((row) => (row * 7919) % IDS.length));
});

test("a split takes text from the inputs and from the outputs", () => {
  const { pieces, texts, outputs } = planSplit(sampleModel().onnx);
  expect(pieces.map(({ input }) => input)).toEqual(["origin", "destination"]);
  expect([...texts.keys()]).toEqual(["label"]);
  expect(outputs).toContain("city");
});

test("a file that the library does not load is refused", async () => {
  const { signature } = wideModel();
  await expect(runtime.load({ onnx: new Uint8Array(64), signature })).rejects.toMatchObject({ code: "RUNTIME_LOAD" });
});

test("a predictor that was disposed is closed", async () => {
  const predictor = await runtime.load(wideModel());
  await predictor[Symbol.asyncDispose]();
  await expect(predictor.predict(wideBatch(1))).rejects.toMatchObject({ code: "RUNTIME_CLOSED" });
});

test("texts of any length and alphabet come through", async () => {
  const graph = createGraph("texts");
  const texts = ["é", "未", "😀", "x".repeat(5000), " "];
  const code = graph.code(graph.input(field("s", "string")), texts);
  graph.output("code", cast(graph, code, "int32"), field("code", "int32", { nullable: false, categories: texts }));
  const signature = { name: "texts", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} };
  const batch = createFrame([field("s", "string")], [textColumn([...texts, "", "other"])], 7);
  for (const how of ["whole", "split"] as const) {
    await using predictor = await runtime.load({ onnx: graph.finish(signature), signature }, how);
    expect(toRows(await predictor.predict(batch)).map((row) => row["code"])).toEqual([0, 1, 2, 3, 4, 5, 6]);
  }
});
