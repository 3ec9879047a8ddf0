import { createGraph, foldBatches, fuse, lowerTransform, slice } from "../../packages/core/dist/index.js";
import features from "../../packages/plugin-features/dist/index.js";
import onnx from "../../packages/plugin-onnx/dist/index.js";

/** Rows of a part, as the `read` step writes them. */
const PART = 262_144;

/** Makes an extension of ours with these options. */
export async function create(kind, name, options = {}) {
  const extension = [...features().extensions, ...onnx().extensions].find((each) => each.kind === kind && each.name === name);
  return extension.create(extension.options.parse(options), { folder: process.cwd(), home: process.cwd(), limits: { threads: 1, memoryBytes: 2 ** 31 }, log: console, runTask: null });
}

/** A frame in the parts that the pipeline would read. */
export function parts(frame) {
  return Array.from({ length: Math.ceil(frame.length / PART) }, (_, part) => slice(frame, part * PART, Math.min((part + 1) * PART, frame.length)));
}

/** Fits transforms in one pass. `uses`: transforms and the columns they read. Returns their states. */
export async function fit(uses, frame, target = null) {
  const folds = Object.fromEntries(uses.map(({ transform, from }, index) => [String(index), transform.fit(from.map((name) => fieldNamed(frame, name)), target)]));
  const fold = fuse(folds);
  return Object.values(fold.finish(await foldBatches(fold, batchesOf(frame), new AbortController().signal)));
}

async function* batchesOf(frame) {
  yield* parts(frame);
}

/** Lowers fitted transforms to one file, loads it, and makes the features of every part; returns how many values came out. */
export async function transform(uses, states, frame, runtime) {
  const graph = createGraph("features");
  const inputs = new Map(uses.flatMap(({ from }) => from).map((name) => [name, null]));
  for (const name of inputs.keys()) inputs.set(name, graph.input(fieldNamed(frame, name)));
  uses.forEach(({ transform, from }, index) => {
    const promised = transform.fields(from.map((name) => fieldNamed(frame, name)));
    const results = lowerTransform(graph, transform, states[index], promised, new Map(from.map((name) => [name, inputs.get(name)])));
    for (const [name, value] of results) graph.output(name, value, value.field);
  });
  const signature = { name: "features", inputs: graph.inputs(), outputs: graph.outputs(), problem: null, seen: {} };
  const predictor = await runtime.load({ onnx: graph.finish(signature), signature }, "split");
  let values = 0;
  for (const part of parts(frame)) {
    const result = await predictor.predict(part);
    values += result.fields.length * result.length;
  }
  await predictor[Symbol.asyncDispose]();
  return values;
}

function fieldNamed(frame, name) {
  return frame.fields.find((each) => each.name === name);
}
