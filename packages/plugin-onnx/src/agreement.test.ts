import { goldenRows, randomRows, seeded, type Column, type Frame, type Runtime } from "@millrace/core";
import { frameDifference, referenceRuntime, sampleModel } from "@millrace/core/testkit";
import { expect, test } from "vitest";
import { onnxruntime } from "./onnxruntime.js";
import { onnxruntimeWeb } from "./onnxruntime-web.js";

const model = sampleModel();
const { inputs, seen } = model.signature;
const batches: readonly (readonly [string, Frame])[] = [
  ["golden rows", goldenRows(inputs, seen)],
  ["random rows", randomRows(inputs, seen, 5000, seeded("agreement"))],
];

async function predict(runtime: Runtime, batch: Frame): Promise<Frame> {
  await using predictor = await runtime.load(model, "whole");
  return predictor.predict(batch);
}

/** Steps of float32 between two results; those of the bits, whose order is that of the numbers of one sign. */
function greatestSteps(left: Frame, right: Frame): number {
  let greatest = 0;
  for (const { name, dtype } of left.fields) {
    if (dtype !== "float32") continue;
    const [ours, theirs] = [left, right].map((frame) => (frame.column(name) as Extract<Column, { dtype: "float32" }>).values);
    const [oursBits, theirsBits] = [ours!, theirs!].map((values) => new Int32Array(values.buffer, values.byteOffset, values.length));
    for (let at = 0; at < ours!.length; at++) if (ours![at] !== theirs![at]) greatest = Math.max(greatest, Math.abs(oursBits![at]! - theirsBits![at]!));
  }
  return greatest;
}

test.each(batches)("native code and WebAssembly give equal bits on %s", async (_, batch) => {
  expect(frameDifference(await predict(onnxruntime(), batch), await predict(onnxruntimeWeb(), batch))).toBeNull();
});

test.each(batches)("native code and the reference differ by one step of float32 at most on %s", async (_, batch) => {
  expect(greatestSteps(await predict(onnxruntime(), batch), await predict(referenceRuntime, batch))).toBeLessThanOrEqual(1);
});
