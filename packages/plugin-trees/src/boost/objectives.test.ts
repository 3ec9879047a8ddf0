import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFrame, encode, field, type Frame, seeded, withColumn } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { problems } from "../../fixtures/problems.js";
import { randomRows } from "../../fixtures/random-rows.js";
import { rowsOf, watchedProgress } from "@millrace/core/testkit";
import { trainOn } from "../../fixtures/train-on.js";
import { gradientBoosting } from "../gradient-boosting.js";
import { gradientBoostingOptions } from "../gradient-boosting.options.js";
import { importanceRemark } from "../model/importance.js";
import { predict } from "../model/predict.js";

const noise = seeded("noise");
const X = Float32Array.from({ length: 4_000 }, () => Math.floor(noise() * 4));
const features = [field("x", "float32")];
const frameOf = (target: Float64Array) => createFrame([...features, field("$target", "float64")], [{ dtype: "float32", values: X }, { dtype: "float64", values: target }], X.length);
const at = createFrame(features, [{ dtype: "float32", values: Float32Array.of(0, 1, 2, 3) }], 4);
const groups = (target: Float64Array) => [0, 1, 2, 3].map((x) => target.filter((_, row) => X[row] === x).sort());
const skewed = Float64Array.from(X, (x) => 10 * x - 5 * Math.log(1 - noise()));
const counts = Float64Array.from(X, (x) => Math.floor((x + 1) * 2 * -Math.log(1 - noise())));
const many = { trees: 60, learningRate: 0.3, l2: 0 };

/** Where the clipped residuals cancel out. */
function huberCentre(rows: Float64Array, delta: number): number {
  let [low, high] = [rows[0]!, rows.at(-1)!];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (rows.reduce((sum, y) => sum + Math.max(-delta, Math.min(delta, middle - y)), 0) > 0) high = middle;
    else low = middle;
  }
  return low;
}

describe("each objective comes to what it is made for, in groups of rows", () => {
  it.each([
    ["squared", {}, skewed, (rows: Float64Array) => rows.reduce((sum, y) => sum + y, 0) / rows.length],
    ["absolute", {}, skewed, (rows: Float64Array) => rows[rows.length >> 1]!],
    ["quantile", { quantile: 0.9 }, skewed, (rows: Float64Array) => rows[Math.floor(0.9 * rows.length)]!],
    ["huber", { huberDelta: 1000 }, skewed, (rows: Float64Array) => rows.reduce((sum, y) => sum + y, 0) / rows.length],
    ["huber", { huberDelta: 2 }, skewed, (rows: Float64Array) => huberCentre(rows, 2)],
    ["poisson", {}, counts, (rows: Float64Array) => rows.reduce((sum, y) => sum + y, 0) / rows.length],
  ] as const)("%s", async (objective, more, target, best) => {
    const found = predict(await trainOn({ kind: "regression", features, frame: frameOf(target), options: { ...many, objective, ...more } }), at);
    groups(target).forEach((rows, x) => expect(found[x]! / best(rows)).toBeCloseTo(1, 1));
  });

  it("logistic and softmax: the shares of the classes", async () => {
    const late = Float64Array.from(X, (x) => (noise() < (x + 1) / 6 ? 1 : 0));
    const found = predict(await trainOn({ kind: "binary", features, frame: frameOf(late), options: many }), at);
    groups(late).forEach((rows, x) => expect(found[x]).toBeCloseTo(rows.reduce((sum, y) => sum + y, 0) / rows.length, 2));
    const probabilities = predict(await trainOn({ kind: "multiclass", features, frame: frameOf(late), options: many }), at);
    groups(late).forEach((rows, x) => expect(probabilities[3 * x + 1]).toBeCloseTo(rows.reduce((sum, y) => sum + y, 0) / rows.length, 2));
  });
});

describe("a loss of your own", () => {
  const { features, frame } = randomRows({ rows: 1_000, seed: 4, kind: "regression" });
  const trainer = (name: string, file = "squared.mjs") => gradientBoosting(gradientBoostingOptions.parse({ trees: 10, leaves: 8, objective: { module: `./fixtures/objectives/${file}`, export: name } }), { folder: new URL("../..", import.meta.url).pathname });
  const data = { problem: problems.regression, features, train: rowsOf([frame]), validation: null };

  it("learns what the built-in one learns, weights of rows and of the validation's rows included", async () => {
    const weigh = (rows: Frame) => withColumn(rows, field("$weight", "float64"), { dtype: "float64", values: Float64Array.from({ length: rows.length }, (_, row) => row % 4) });
    const [weighted, validation] = [weigh(frame), weigh(randomRows({ rows: 300, seed: 5, kind: "regression" }).frame)];
    const options = { trees: 10, leaves: 8, earlyStopping: 10 };
    const own = gradientBoosting(gradientBoostingOptions.parse({ ...options, objective: { module: "./fixtures/objectives/squared.mjs", export: "squared" } }), { folder: new URL("../..", import.meta.url).pathname });
    const state = await own.train({ ...data, train: rowsOf([weighted]), validation: rowsOf([validation]) }, null, watchedProgress());
    const built = await trainOn({ kind: "regression", features, frame: weighted, validation, options });
    const [found, expected] = [predict(state, frame), predict(built, frame)];
    expected.forEach((value, row) => expect(found[row]).toBeCloseTo(value, 4));
    state.facts.validationLoss.forEach((loss, round) => expect(loss).toBeCloseTo(built.facts.validationLoss[round]!, 4));
  });

  it("counts weights, and starts and ends by its own base and loss, which are log-odds of two classes", async () => {
    const { features, frame } = randomRows({ rows: 1_000, seed: 4, kind: "binary" });
    const { frame: validation } = randomRows({ rows: 400, seed: 5, kind: "binary" });
    const weighted = withColumn(frame, field("$weight", "float64"), { dtype: "float64", values: Float64Array.from({ length: frame.length }, (_, row) => 1 + (row % 3)) });
    const progress = watchedProgress<never>();
    const own = gradientBoosting(gradientBoostingOptions.parse({ trees: 60, leaves: 8, learningRate: 0.5, earlyStopping: 3, objective: { module: "./fixtures/objectives/logistic.mjs", export: "logistic" } }), { folder: new URL("../..", import.meta.url).pathname });
    const state = await own.train({ problem: problems.binary, features, train: rowsOf([weighted]), validation: rowsOf([validation]) }, null, progress);
    const built = await trainOn({ kind: "binary", features, frame: weighted, validation, options: { trees: 60, leaves: 8, learningRate: 0.5, earlyStopping: 3 } });
    expect([...state.base]).toEqual([0.25]);
    // Another base, so other trees; it comes to much the same.
    const [losses, builtLosses] = [[...state.facts.validationLoss], [...built.facts.validationLoss]];
    expect(state.facts.rounds).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(losses.length).toBeLessThan(60);
    expect(Math.abs(Math.min(...losses) - Math.min(...builtLosses))).toBeLessThan(0.02);
    const unweighted = await own.train({ problem: problems.binary, features, train: rowsOf([frame]), validation: rowsOf([validation]) }, null, watchedProgress());
    expect(predict(unweighted, frame)).not.toEqual(predict(state, frame));
  });

  it("may be TypeScript, as a config may", async () => {
    const [one, other] = [await trainer("typed", "typed.ts").train(data, null, watchedProgress()), await trainer("squared").train(data, null, watchedProgress())];
    expect(Buffer.compare(encode(one), encode(other))).toBe(0);
  });

  it("is refused where its module cannot be read, with the reason", async () => {
    const folder = mkdtempSync(join(tmpdir(), "millrace-trees-"));
    try {
      writeFileSync(join(folder, "broken.ts"), "export const broken = {\n");
      const broken = gradientBoosting(gradientBoostingOptions.parse({ objective: { module: "./broken.ts", export: "broken" } }), { folder });
      await expect(broken.train(data, null, watchedProgress())).rejects.toMatchObject({ code: "TREES_OBJECTIVE", message: expect.stringMatching(/broken\.ts:\d+:\d+/) });
    } finally {
      rmSync(folder, { recursive: true });
    }
    await expect(trainer("absent", "absent.ts").train(data, null, watchedProgress())).rejects.toMatchObject({ code: "TREES_OBJECTIVE" });
  });

  it.each(["missing", "infinite"])("is refused where it is %s", async (name) => {
    await expect(trainer(name).train(data, null, watchedProgress())).rejects.toMatchObject({ code: "TREES_OBJECTIVE" });
  });
});

describe("early stopping", () => {
  const { features, frame } = randomRows({ rows: 400, seed: 6, kind: "regression" });
  const { frame: validation } = randomRows({ rows: 400, seed: 7, kind: "regression" });

  it("keeps the round of the least validation loss, which is that of the predictions", async () => {
    const progress = watchedProgress<never>();
    const weights = Float64Array.from({ length: validation.length }, (_, row) => row % 3);
    const weighted = withColumn(validation, field("$weight", "float64"), { dtype: "float64", values: weights });
    const state = await trainOn({ kind: "regression", features, frame, validation: weighted, options: { trees: 300, learningRate: 0.5, leaves: 31, earlyStopping: 5 }, progress });
    const losses = [...state.facts.validationLoss];
    expect(losses.length).toBeLessThan(300);
    expect(state.facts.rounds).toBe(losses.indexOf(Math.min(...losses)) + 1);
    expect(losses.length - state.facts.rounds).toBe(5);
    expect(progress.steps.map(({ metrics }) => metrics["validationLoss"])).toEqual(losses);
    const targets = (validation.column("$target") as { readonly values: Float64Array }).values;
    const loss = predict(state, validation).reduce((sum, value, row) => sum + weights[row]! * (value - targets[row]!) ** 2, 0) / weights.reduce((sum, weight) => sum + weight, 0);
    expect(loss).toBeCloseTo(Math.min(...losses), 4);
  });
});

it("importance after early stopping is that of the rounds that were kept", async () => {
  const { features, frame } = randomRows({ rows: 400, seed: 6, kind: "regression" });
  const { frame: validation } = randomRows({ rows: 400, seed: 7, kind: "regression" });
  const train = (trees: number, earlyStopping: number | null) => trainOn({ kind: "regression", features, frame, validation, options: { trees, learningRate: 0.9, leaves: 31, earlyStopping } });
  const kept = await train(80, 79);
  expect(kept.facts.rounds).toBeLessThan(40);
  expect(kept.remarks).toEqual(importanceRemark(kept.columns, kept.forest));
  expect(kept.remarks).not.toEqual((await train(80, null)).remarks);
});

describe("going on", () => {
  const { features, frame } = randomRows({ rows: 1_500, seed: 8, kind: "multiclass" });

  it.each([
    ["multiclass", { rowShare: 0.5, columnShare: 0.5 }],
    ["binary", { goss: {}, minChildRows: 3, classWeight: "balanced" }],
    ["multiclass", { quantizedGradients: true }],
    ["regression", { objective: "absolute", growth: "depth-wise", depth: 3 }],
    // The loss is least in round 12: the checkpoint of round 20 is beyond it, and nothing follows.
    ["regression", { earlyStopping: 8, learningRate: 0.6 }],
  ] as const)("from any checkpoint gives the bytes of a training without a break, %s: %j", async (kind, more) => {
    const { features, frame } = randomRows({ rows: 1_500, seed: 8, kind });
    const { frame: validation } = randomRows({ rows: 500, seed: 9, kind });
    const options = { trees: 25, ...more };
    const progress = watchedProgress<Awaited<ReturnType<typeof trainOn>>>();
    const whole = await trainOn({ kind, features, frame, validation, options, progress });
    expect(progress.saved.map(({ facts }) => facts.rounds)).toEqual([10, 20]);
    for (const start of progress.saved) expect(Buffer.compare(encode(await trainOn({ kind, features, frame, validation, options, start })), encode(whole))).toBe(0);
  });

  it("from a finished model adds rounds to it", async () => {
    const [few, many] = [await trainOn({ kind: "multiclass", features, frame, options: { trees: 5 } }), await trainOn({ kind: "multiclass", features, frame, options: { trees: 12 } })];
    const more = await trainOn({ kind: "multiclass", features, frame, options: { trees: 12 }, start: few });
    expect(Buffer.compare(encode(more), encode(many))).toBe(0);
  });

  it("on other rows keeps the bins of categories that the model's sets are made of", async () => {
    const codes = field("c", "int32", { nullable: false, categories: Array.from({ length: 300 }, (_, code) => `v${code}`) });
    const skewedTo = (sign: number) => {
      const random = seeded(sign);
      const values = Int32Array.from({ length: 3_000 }, () => Math.floor(150 + sign * 149 * random() ** 3));
      return createFrame([codes, field("$target", "float64")], [{ dtype: "int32", values, validity: null }, { dtype: "float64", values: Float64Array.from(values, (code) => (code * 7) % 5) }], values.length);
    };
    const start = await trainOn({ kind: "regression", features: [codes], frame: skewedTo(1), options: { trees: 5 } });
    const [more, anew] = [await trainOn({ kind: "regression", features: [codes], frame: skewedTo(-1), options: { trees: 9 }, start }), await trainOn({ kind: "regression", features: [codes], frame: skewedTo(-1) })];
    expect(anew.columns[0]!.table).not.toEqual(start.columns[0]!.table);
    expect(more.columns[0]!.table).toEqual(start.columns[0]!.table);
    expect(more.forest.value.subarray(0, start.forest.value.length)).toEqual(start.forest.value);
  });

  it("from another model is refused", async () => {
    const start = await trainOn({ kind: "multiclass", features, frame });
    await expect(trainOn({ kind: "multiclass", features: features.slice(1), frame, start })).rejects.toMatchObject({ code: "TREES_START" });
  });
});

describe("sampling", () => {
  const { features, frame } = randomRows({ rows: 6_000, seed: 10, kind: "binary" });
  const lossOf = (values: Float32Array) => values.reduce((sum, p, row) => sum - Math.log((frame.column("$target") as { readonly values: Float64Array }).values[row] === 1 ? p : 1 - p), 0) / values.length;

  it.each([{ rowShare: 0.3 }, { columnShare: 0.5 }, { goss: { topShare: 0.2, otherShare: 0.1 } }])("%j learns nearly as well, other trees", async (options) => {
    const [all, some] = [predict(await trainOn({ kind: "binary", features, frame, options: { trees: 40 } }), frame), predict(await trainOn({ kind: "binary", features, frame, options: { trees: 40, ...options } }), frame)];
    expect(some).not.toEqual(all);
    expect(lossOf(some)).toBeLessThan(lossOf(all) + 0.03);
  });

  it("by gradient stands for all rows: without a split, their mean stays", async () => {
    // A tenth of the rows has nine tenths of the gradients' size; were the others not to weigh more, the mean would go to 4.
    const target = Float64Array.from({ length: 20_000 }, (_, row) => (row % 10 === 0 ? 10 : 0));
    const constant = createFrame([field("x", "float32"), field("$target", "float64")], [{ dtype: "float32", values: new Float32Array(20_000) }, { dtype: "float64", values: target }], 20_000);
    const state = await trainOn({ kind: "regression", features: [field("x", "float32")], frame: constant, options: { trees: 1, learningRate: 1, l2: 0, goss: { topShare: 0.1, otherShare: 0.1 } } });
    expect(Math.abs(predict(state, constant)[0]! - 1)).toBeLessThan(0.1);
  });

  it("balanced class weights raise the scores of the rarer class, and the model says so", async () => {
    const rare = withColumn(frame, field("$target", "float64"), { dtype: "float64", values: (frame.column("$target") as { readonly values: Float64Array }).values.map((y, row) => (row % 5 === 0 ? y : 0)) });
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const balanced = await trainOn({ kind: "binary", features, frame: rare, options: { classWeight: "balanced" } });
    expect(mean(predict(balanced, rare))).toBeGreaterThan(2 * mean(predict(await trainOn({ kind: "binary", features, frame: rare }), rare)));
    expect(balanced.remarks.map(({ about }) => about)).toEqual(["probabilities", "importance"]);
  });
});
