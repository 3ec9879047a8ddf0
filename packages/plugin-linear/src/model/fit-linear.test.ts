import { seeded, take, type TrainingData } from "@millrace/core";
import { codeFeature, numberFeature, rowsOf, trainingData, watchedProgress } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { coefficients, greatestDifference } from "../../fixtures/coefficients.js";
import { problems, referenceData } from "../../fixtures/reference.js";
import { logistic } from "../logistic.js";
import { logisticOptions } from "../logistic.options.js";
import { ridge } from "../ridge.js";
import { ridgeOptions } from "../ridge.options.js";
import type { LinearState } from "./state.js";

const fit = (data: TrainingData, options: object = {}, start: LinearState | null = null, progress = watchedProgress<LinearState>()) => logistic(logisticOptions.parse({ tolerance: 1e-12, ...options })).train(data, start, progress);
const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

/** `count` rows with two code columns, of which so many categories occur, and a number. */
function long(count: number, occurring: readonly [number, number], problem: "binary" | "regression", categories = occurring): TrainingData {
  const random = seeded("long");
  const draw = (size: number) => Array.from({ length: count }, () => Math.floor(random() * size));
  const [a, b, x] = [draw(occurring[0]), draw(occurring[1]), Array.from({ length: count }, () => random())];
  const score = a.map((k, row) => Math.sin(k) + Math.cos(3 * b[row]!) + x[row]! + random() - 0.5);
  return trainingData(problems[problem], [numberFeature("x"), codeFeature("a", names(categories[0])), codeFeature("b", names(categories[1]))], { x, a, b, $target: problem === "binary" ? score.map((s) => (s > 0.5 ? 1 : 0)) : score });
}

describe("a linear fit", () => {
  it("gives a constant column and an all-missing column no weight", async () => {
    const lists = { x: [1, 2, 3, 4, 5, 6], same: Array<number>(6).fill(7), none: Array<number>(6).fill(Number.NaN), $target: [0, 1, 0, 1, 0, 1] };
    for (const l2 of [0, 1]) {
      const { numbers, facts } = await fit(trainingData(problems.binary, [numberFeature("x"), numberFeature("same"), numberFeature("none")], lists), { l2 });
      expect(facts.warnings).toEqual([]);
      expect(numbers.slice(1).map(({ weights, means }) => [weights[0], means[0]])).toEqual([[0, 7], [0, 0]]);
    }
  });

  it("gives codes without rows no weight, and tells how many had rows", async () => {
    const { codes, facts } = await fit(trainingData(problems.binary, [codeFeature("city", ["a", "b", "never"])], { city: [0, 1, 0, 1, 3], $target: [0, 1, 1, 1, 0] }));
    expect(Array.from(codes[0]!.weights, (weight) => weight !== 0)).toEqual([true, true, false, true, false]);
    expect(facts).toMatchObject({ weights: 5, weightsSeen: 3, converged: true });
  });

  it("does not depend on the order of the rows", async () => {
    const data = referenceData({ target: "multiclass", weighted: true });
    const frames = [];
    for await (const frame of data.train.read(new AbortController().signal)) frames.push(take(frame, Int32Array.from({ length: frame.length }, (_, row) => frame.length - 1 - row)));
    const [one, other] = [await fit(data), await fit({ ...data, train: rowsOf(frames.toReversed()) })];
    expect(greatestDifference(coefficients(one), coefficients(other))).toBeLessThan(1e-6);
  });

  it("is the same for numbers far from 0 and in other units", async () => {
    const random = seeded("units");
    const x = Array.from({ length: 200 }, () => Math.round(random() * 256));
    const $target = x.map((value) => (value + 256 * random() > 256 ? 1 : 0));
    const near = await fit(trainingData(problems.binary, [numberFeature("x")], { x, $target }), { l2: 0 });
    const far = await fit(trainingData(problems.binary, [numberFeature("x")], { x: x.map((value) => 2 ** 20 + value / 8), $target }), { l2: 0 });
    expect(far.numbers[0]!.weights[0]! / 8).toBeCloseTo(near.numbers[0]!.weights[0]!, 6);
  });

  it("reaches the least loss where columns depend on each other and nothing is penalized", async () => {
    const lists = { x: [1, 2, 3, 4, 5, 6], twice: [2, 4, 6, 8, 10, 12], city: [0, 0, 0, 1, 1, 1], town: [0, 0, 0, 1, 1, 1], $target: [0, 1, 0, 1, 0, 1] };
    const all = await fit(trainingData(problems.binary, [numberFeature("x"), numberFeature("twice"), codeFeature("city", ["a", "b"]), codeFeature("town", ["a", "b"])], lists), { l2: 0 });
    const few = await fit(trainingData(problems.binary, [numberFeature("x"), codeFeature("city", ["a", "b"])], lists), { l2: 0 });
    expect(all.facts.converged).toBe(true);
    expect(all.facts.objective).toBeCloseTo(few.facts.objective, 9);
  });

  it("says so where there is no optimum", async () => {
    const { facts } = await fit(trainingData(problems.binary, [numberFeature("x")], { x: [1, 2, 3, 4], $target: [0, 0, 1, 1] }), { l2: 0, maxIterations: 5 });
    expect(facts).toMatchObject({ converged: false, iterations: 5, warnings: [expect.stringContaining("maxIterations")] });
  });

  it("says so where it was stopped", async () => {
    const progress = watchedProgress<LinearState>(1);
    expect((await fit(referenceData({ target: "binary", weighted: false }), {}, null, progress)).facts).toMatchObject({ converged: false, iterations: 1 });
    expect(progress.steps).toHaveLength(1);
  });

  it.each([["l2", {}], ["l1", { l1: 0.5 }]])("goes on from a checkpoint, and ends to the bit as if nothing had been (%s)", async (_, penalty) => {
    const data = referenceData({ target: "multiclass", weighted: false });
    const options = { ...penalty, l2: 1e-4, tolerance: 1e-14 };
    const progress = watchedProgress<LinearState>();
    const whole = await fit(data, options, null, progress);
    expect(progress.saved.length).toBeGreaterThan(0);
    for (const start of progress.saved) expect(await fit(data, options, start)).toEqual(whole);
  });

  it("starts from a model of other features, categories and classes", async () => {
    const earlier = await fit(trainingData(problems.multiclass, [numberFeature("old"), codeFeature("city", ["b", "c", "a"])], { old: [1, 2, 3, 4], city: [0, 1, 2, 1], $target: [0, 1, 2, 1] }));
    const data = trainingData({ kind: "multiclass", classes: ["b", "c", "d"] }, [numberFeature("x"), codeFeature("city", ["a", "b", "e"])], { x: [1, 2, 3, 4, 5], city: [0, 1, 2, 1, 0], $target: [0, 1, 2, 1, 2] });
    const [warm, cold] = [await fit(data, {}, earlier), await fit(data)];
    expect(greatestDifference(coefficients(warm), coefficients(cold))).toBeLessThan(1e-5);
  });

  it("reaches the optimum with code columns too long for complete second derivatives", async () => {
    const data = long(1000, [150, 180], "binary");
    const progress = watchedProgress<LinearState>();
    const state = await fit(data, {}, null, progress);
    expect(state.facts.warnings).toEqual([]);
    const again = await fit(data, { tolerance: 1e-15 }, state);
    expect(greatestDifference(coefficients(state), coefficients(again))).toBeLessThan(1e-5);
  });

  it("of numbers is the same exactly and, where columns are too long for that, by iterations", async () => {
    const train = (categories: readonly [number, number]) => ridge(ridgeOptions.parse({ tolerance: 1e-14 })).train(long(1000, [100, 120], "regression", categories), null, watchedProgress());
    const [exact, iterated] = [await train([100, 120]), await train([1100, 1200])];
    expect(exact.facts.iterations).toBe(1);
    expect(iterated.facts.iterations).toBeGreaterThan(1);
    const occurring = ({ intercept, numbers, codes }: LinearState) => [[...intercept, ...numbers[0]!.weights, ...codes[0]!.weights.subarray(0, 100), ...codes[1]!.weights.subarray(0, 120)]];
    expect(greatestDifference(occurring(exact), occurring(iterated))).toBeLessThan(1e-6);
  });
});
