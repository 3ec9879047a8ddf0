import { numberFeature, trainingData, watchedProgress } from "@millrace/core/testkit";
import { type Column, createFrame, createGraph, encode, field, type Field, lowerTrainer, predictionOutputs } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { problems } from "../fixtures/problems.js";
import { trainOn } from "../fixtures/train-on.js";
import { gradientBoosting } from "./gradient-boosting.js";
import { gradientBoostingOptions } from "./gradient-boosting.options.js";
import { predict } from "./model/predict.js";

const trainer = gradientBoosting(gradientBoostingOptions.parse({ trees: 5 }), { folder: "." });
const train = (kind: keyof typeof problems, lists: Readonly<Record<string, readonly number[]>>, features: readonly Field[] = [numberFeature("x")]) => trainer.train(trainingData(problems[kind], features, lists), null, watchedProgress());

describe("what cannot be learnt from", () => {
  it.each([
    ["DATA_EMPTY", "regression", { x: [], $target: [] }],
    ["DATA_TARGET", "regression", { x: [1, 2], $target: [1, Number.NaN] }],
    ["DATA_TARGET", "binary", { x: [1, 2], $target: [1, 2] }],
    ["DATA_WEIGHT", "regression", { x: [1, 2], $target: [1, 2], $weight: [1, -1] }],
    ["DATA_WEIGHT", "regression", { x: [1, 2], $target: [1, 2], $weight: [0, 0] }],
    ["DATA_ONE_CLASS", "binary", { x: [1, 2], $target: [1, 1] }],
  ] as const)("%s, %s: %j", async (code, kind, lists) => {
    await expect(train(kind, lists)).rejects.toMatchObject({ code });
  });

  it("negative targets of poisson", async () => {
    const features = [numberFeature("x")];
    const frame = createFrame([...features, field("$target", "float64")], [{ dtype: "float32", values: Float32Array.of(1, 2) }, { dtype: "float64", values: Float64Array.of(1, -1) }], 2);
    await expect(trainOn({ kind: "regression", features, frame, options: { objective: "poisson" } })).rejects.toMatchObject({ code: "DATA_TARGET" });
  });

  it("a column that is neither number nor code, and none at all", async () => {
    await expect(trainer.train({ ...trainingData(problems.regression, [], { $target: [1] }), features: [field("s", "string")] }, null, watchedProgress())).rejects.toMatchObject({ code: "TREES_FEATURE" });
    await expect(train("regression", { $target: [1] }, [])).rejects.toMatchObject({ code: "TREES_INPUT" });
  });

  it("a code outside of its categories", async () => {
    const code = field("c", "int32", { nullable: false, categories: ["a", "b"] });
    await expect(train("regression", { c: [0, 4], $target: [1, 2] }, [code])).rejects.toMatchObject({ code: "DATA_CODE" });
  });

  it("more memory than allowed, before a row is read", async () => {
    const data = trainingData(problems.regression, [numberFeature("x")], { x: [1, 2], $target: [1, 2] });
    let reads = 0;
    const many = { count: 50_000_000, read: (signal: AbortSignal) => (reads++, data.train.read(signal)) };
    await expect(trainer.train({ ...data, train: many }, null, watchedProgress())).rejects.toMatchObject({ code: "LIMIT_MEMORY" });
    expect(reads).toBe(0);
  });
});

describe("what can", () => {
  it("one row, and a constant target, are their own prediction", async () => {
    expect([...predict(await train("regression", { x: [3], $target: [7] }), dataFrame([3, 4]))]).toEqual([7, 7]);
    expect([...predict(await train("regression", { x: [1, 2, 3], $target: [7, 7, 7] }), dataFrame([1, 9]))]).toEqual([7, 7]);
  });

  it("a class that appears once", async () => {
    const probabilities = predict(await train("multiclass", { x: [1, 2, 3, 4, 5, 6], $target: [0, 0, 0, 1, 1, 2] }), dataFrame([6, 1]));
    expect(probabilities.every((value) => value > 0 && value < 1)).toBe(true);
    expect(probabilities[2]).toBeGreaterThan(probabilities[5]!);
  });

  it("65,000 categories: the frequent ones apart, the others as one, which the model says", async () => {
    const categories = Array.from({ length: 65_000 }, (_, code) => `v${code}`);
    const features = [field("c", "int32", { nullable: false, categories })];
    // Code 9 is often there and high; all others are rare and low.
    const codes = Int32Array.from({ length: 4_000 }, (_, row) => (row % 4 === 0 ? 9 : (row * 7919) % 65_002));
    const columns: Column[] = [{ dtype: "int32", values: codes, validity: null }, { dtype: "float64", values: Float64Array.from(codes, (code) => (code === 9 ? 5 : 1)) }];
    const frame = createFrame([...features, field("$target", "float64")], columns, 4_000);
    const state = await trainOn({ kind: "regression", features, frame, options: { learningRate: 1, l2: 0, categoryL2: 0 } });
    expect(state.remarks.filter(({ about }) => about === "training").map(({ sentence }) => sentence)).toEqual([expect.stringContaining("64,747 of the 65,000 categories of `c`")]);
    const found = predict(state, frame);
    expect([found[0], found[1]]).toEqual([5, 1]);
  });

  it("100,000 columns of 100 rows, with constraints, up to the file", async () => {
    const names = Array.from({ length: 100_000 }, (_, j) => `x${j}`);
    const features = names.map((name) => field(name, "float32"));
    const last = names.at(-1)!;
    const columns = names.map((name, j): Column => ({ dtype: "float32", values: Float32Array.from({ length: 100 }, (_, row) => (name === last ? row : (row * (j + 3)) % 3)) }));
    const frame = createFrame([...features, field("$target", "float64")], [...columns, { dtype: "float64", values: Float64Array.from({ length: 100 }, (_, row) => (row < 50 ? 0 : 1)) }], 100);
    const monotone = Object.fromEntries(names.map((name) => [name, "increasing" as const]));
    const state = await trainOn({ kind: "regression", features, frame, options: { trees: 1, leaves: 2, learningRate: 1, l2: 0, monotone, interactions: [["x0", "x1"]] } });
    expect(state.forest.column[0]).toBe(99_999);
    expect(predict(state, frame)).toEqual(Float32Array.from({ length: 100 }, (_, row) => (row < 50 ? 0 : 1)));
    const graph = createGraph("wide");
    const value = lowerTrainer(graph, trainer, state, problems.regression, new Map(features.map((feature) => [feature.name, graph.input(feature)])));
    for (const [name, output] of predictionOutputs(graph, problems.regression, value)) graph.output(name, output, output.field);
    expect(graph.inputs()).toEqual([features.at(-1)]);
  });

  it("values that are all missing, and all infinite", async () => {
    const state = await train("regression", { x: [Number.NaN, Number.NaN, Number.NaN], y: [Infinity, -Infinity, Infinity], $target: [1, 0, 1] }, [numberFeature("x"), numberFeature("y")]);
    expect(encode(state).length).toBeGreaterThan(0);
    expect(state.columns.every(({ bins }) => bins <= 2)).toBe(true);
  });
});

function dataFrame(x: readonly number[]) {
  return createFrame([numberFeature("x")], [{ dtype: "float32", values: Float32Array.from(x) }], x.length);
}
