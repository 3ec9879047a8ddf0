import type { Frame } from "../../contracts/frame.js";
import type { ModelBundle, Predictor, Runtime } from "../../contracts/runtime.js";
import { createFrame } from "../../frame/frame.js";
import { concat, slice } from "../../frame/take.js";
import { borderTensor, inputColumns, outputColumn } from "../border-tensor.js";
import { readModel } from "../read.js";
import type { Interpreter } from "./interpret.js";

/** Rows at once: bounds the memory of all inner values. */
const CHUNK = 4096;

/** The core's own runtime: slow, dependent on nothing, and the oracle in certificates. It runs the whole graph, however it is asked. */
export const referenceRuntime: Runtime = {
  facts: { name: "reference", version: "1", provider: "typescript", threads: 1 },
  async load(model) {
    // The interpreter is loaded with the first model: everyone who imports the core has this runtime, and few use it.
    const { interpreter } = await import("./interpret.js");
    return predictorOf(model, interpreter);
  },
};

function predictorOf({ onnx, signature }: ModelBundle, interpreter: typeof import("./interpret.js").interpreter): Predictor {
  const model = readModel(onnx);
  const run = interpreter(model);
  const outputNames = model.outputs.map(({ name }) => name);
  return {
    input: signature.inputs,
    output: signature.outputs,
    async predict(batch) {
      if (batch.length <= CHUNK) return predictChunk(batch);
      const chunks: Frame[] = [];
      for (let from = 0; from < batch.length; from += CHUNK) chunks.push(predictChunk(slice(batch, from, Math.min(batch.length, from + CHUNK))));
      return concat(chunks as [Frame, ...Frame[]]);
    },
    async [Symbol.asyncDispose]() {},
  };

  function predictChunk(batch: Frame): Frame {
    const columns = inputColumns(batch, signature.inputs);
    const feeds = new Map(signature.inputs.map((field) => [field.name, borderTensor(columns.get(field.name)!, field, batch.length)]));
    const results: ReturnType<Interpreter> = run(feeds);
    return createFrame(signature.outputs, signature.outputs.map((field, index) => outputColumn(results.get(outputNames[index]!)!, field)), batch.length);
  }
}
