import { createFrame, createGraph, field, lowerTrainer, predictionOutputs, seeded } from "../../packages/core/dist/index.js";
import { gradientBoosting } from "../../packages/plugin-trees/dist/gradient-boosting.js";
import { gradientBoostingOptions } from "../../packages/plugin-trees/dist/gradient-boosting.options.js";
import { predict } from "../../packages/plugin-trees/dist/model/predict.js";
import { create } from "../features/pipeline.mjs";

const PROBLEM = { kind: "binary", classes: ["no", "yes"], positive: "yes" };
const FEATURES = [...[0, 1, 2, 3].map((j) => field(`x${j}`, "float32")), ...[20, 300].map((count, j) => field(`c${j}`, "int32", { nullable: false, categories: Array.from({ length: count }, (_, code) => `v${code}`) }))];

const SPECIAL = [Number.NaN, Infinity, -Infinity, 0];

/** Rows with missing and infinite numbers, missing and unseen categories, and in a third of the rows one of the `thresholds` by column, rounded to float32. */
function rowsOf(count, random, thresholds = []) {
  const draw = (j) => (random() < 0.1 ? SPECIAL[Math.floor(4 * random())] : j % 2 === 0 ? Math.floor(random() * 40) / 2 : random() * 4 - 2);
  const near = (list) => list[Math.floor(list.length * random())];
  const columns = FEATURES.map(({ categories }, j) =>
    categories === null
      ? { dtype: "float32", values: Float32Array.from({ length: count }, () => (thresholds[j] !== undefined && random() < 1 / 3 ? near(thresholds[j]) : draw(j))) }
      : { dtype: "int32", values: Int32Array.from({ length: count }, () => Math.floor(random() * (categories.length + 2))), validity: null },
  );
  const target = Float64Array.from({ length: count }, (_, row) => (random() < 1 / (1 + Math.exp(5 - columns[0].values[row] - (columns[5].values[row] % 7))) ? 1 : 0));
  return createFrame([...FEATURES, field("$target", "float64")], [...columns, { dtype: "float64", values: target }], count);
}

/** How many rows of the lowered model in onnxruntime differ in float32 bits from the trainer's own prediction. */
export async function bitFigures(count, say) {
  say("bits of the lowered model");
  const random = seeded("bits");
  const trainer = gradientBoosting(gradientBoostingOptions.parse({ trees: 100 }), { folder: "." });
  const train = rowsOf(50_000, random);
  const progress = { report: async () => "continue", save: async () => {}, random: () => 0.5, signal: new AbortController().signal, limits: { threads: 1, memoryBytes: 4 * 2 ** 30 } };
  const state = await trainer.train({ problem: PROBLEM, features: FEATURES, train: { count: train.length, read: async function* () { yield train; } }, validation: null }, null, progress);
  const graph = createGraph("trees");
  const value = lowerTrainer(graph, trainer, state, PROBLEM, new Map(FEATURES.map((feature) => [feature.name, graph.input(feature)])));
  for (const [name, output] of predictionOutputs(graph, PROBLEM, value)) graph.output(name, output, output.field);
  const signature = { name: "trees", inputs: FEATURES, outputs: graph.outputs(), problem: PROBLEM, seen: {} };
  const predictor = await (await create("runtime", "onnxruntime")).load({ onnx: graph.finish(signature), signature });
  const { column, threshold } = state.forest;
  const thresholds = FEATURES.map(({ categories }, j) => (categories === null ? [...threshold].filter((_, node) => column[node] === j) : undefined));
  let different = 0;
  for (let done = 0; done < count; done += 50_000) {
    const rows = rowsOf(Math.min(50_000, count - done), random, thresholds);
    const [found, expected] = [new Uint32Array((await predictor.predict(rows)).column("score").values.slice().buffer), new Uint32Array(predict(state, rows).buffer)];
    for (let row = 0; row < rows.length; row++) if (found[row] !== expected[row]) different++;
  }
  return [{ case: `${count.toLocaleString("en")} rows in onnxruntime and in the trainer`, metric: "scores that differ in a bit", unit: "rows", ours: [different], peers: [] }];
}
