import { type Column, createFrame, createGraph, decode, encode, type Field, type Frame, lowerTrainer, predictionField, seeded, type Problem } from "@millrace/core";
import { predictionOutputs } from "@millrace/core";
import { onnxRuntimes } from "@millrace/plugin-onnx";
import { describe, expect, it } from "vitest";
import { problems } from "../fixtures/problems.js";
import { randomRows } from "../fixtures/random-rows.js";
import { trainOn } from "../fixtures/train-on.js";
import { gradientBoosting } from "./gradient-boosting.js";
import { gradientBoostingOptions } from "./gradient-boosting.options.js";
import { predict } from "./model/predict.js";
import type { TreesState } from "./model/state.js";

const trainer = gradientBoosting(gradientBoostingOptions.parse({}), { folder: "." });

function modelOf(state: TreesState, problem: Problem, features: readonly Field[]) {
  const graph = createGraph("trees");
  const value = lowerTrainer(graph, trainer, state, problem, new Map(features.map((feature) => [feature.name, graph.input(feature)])));
  for (const [name, output] of predictionOutputs(graph, problem, value)) graph.output(name, output, output.field);
  const signature = { name: "trees", inputs: features, outputs: graph.outputs(), problem, seen: {} };
  return { onnx: graph.finish(signature), signature };
}

/** Rows of values on thresholds and next to them, infinite, missing and far ones, and of all codes. */
function hardRows(state: TreesState, features: readonly Field[], rows: number): Frame {
  const random = seeded("hard");
  const columns = features.map(({ name, categories }, index): Column => {
    if (categories !== null) return { dtype: "int32", values: Int32Array.from({ length: rows }, () => Math.floor(random() * (categories.length + 2))), validity: null };
    const thresholds = [...state.forest.threshold].filter((threshold, node) => state.forest.column[node] === index && Number.isFinite(threshold));
    const special = [Number.NaN, Infinity, -Infinity, 0, -0, 3.4028234663852886e38, -3.4028234663852886e38, 1e-45];
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
    expect(name).toBeTruthy();
    return {
      dtype: "float32",
      values: Float32Array.from({ length: rows }, () => {
        const draw = random();
        if (draw < 0.2 || thresholds.length === 0) return pick(special);
        const threshold = Math.fround(pick(thresholds));
        return draw < 0.5 ? threshold : draw < 0.7 ? threshold * (1 + 2 ** -23) : draw < 0.9 ? threshold * (1 - 2 ** -23) : random() * 4 - 2;
      }),
    };
  });
  return createFrame(features, columns, rows);
}

describe.each(["binary", "multiclass", "regression"] as const)("the lowered model, %s", (kind) => {
  it.each(kind === "regression" ? [{}, { objective: "poisson" }] : [{}])("equals the trainer's own prediction in float32 bits on 20,000 rows, in every runtime: %j", async (objective) => {
    const rows = 20_000;
    const { features, frame } = randomRows({ rows: 4_000, seed: 9, kind, categories: [5, 40, 400] });
    const state = await trainOn({ kind, features, frame, options: { trees: 15, leaves: 15, ...objective } });
    const hard = hardRows(state, features, rows);
    const [expected, model] = [predict(state, hard), modelOf(state, problems[kind], features)];
    // The reference interpreter is many times slower than these.
    for (const runtime of await onnxRuntimes()) {
      await using predictor = await runtime.load(model);
      const column = (await predictor.predict(hard)).column(predictionField(problems[kind]).name) as { readonly values: Float32Array };
      expect(Buffer.compare(Buffer.from(column.values.buffer, column.values.byteOffset, column.values.byteLength), Buffer.from(expected.buffer))).toBe(0);
    }
  });

  it("holds after the state travelled, with thresholds between float32 values that were there", async () => {
    const { features, frame } = randomRows({ rows: 1_000, seed: 2, kind });
    const state = await trainOn({ kind, features, frame });
    expect(modelOf(decode(encode(state)) as TreesState, problems[kind], features).onnx).toEqual(modelOf(state, problems[kind], features).onnx);
    state.forest.threshold.forEach((threshold, node) => {
      const column = state.columns[state.forest.column[node]!];
      if (column === undefined || column.categories !== null || threshold === Infinity) return;
      const values = (frame.column(column.feature) as { readonly values: Float32Array }).values;
      expect(values.includes(Math.fround(threshold)) && Math.fround(threshold) === threshold).toBe(false);
      expect(values.some((value) => value < threshold) && values.some((value) => value > threshold)).toBe(true);
    });
  });
});
