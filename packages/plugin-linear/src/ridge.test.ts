import { numberFeature, trainingData, watchedProgress } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { ridge } from "./ridge.js";
import { ridgeOptions } from "./ridge.options.js";
import { expectReference } from "../fixtures/equals-reference.js";
import { referenceCases, referenceData } from "../fixtures/reference.js";
import { describeTrainers } from "../fixtures/suite.js";

describeTrainers("ridge", () => ridge(ridgeOptions.parse({})), ["regression"]);

describe("ridge", () => {
  it("refuses a target of classes", async () => {
    const data = referenceData({ target: "binary", weighted: false });
    await expect(ridge(ridgeOptions.parse({})).train(data, null, watchedProgress())).rejects.toMatchObject({ code: "LINEAR_PROBLEM" });
  });

  it.each([
    ["DATA_EMPTY", { x: [], $target: [] }],
    ["DATA_INFINITE", { x: [1, Number.NEGATIVE_INFINITY], $target: [1, 2] }],
    ["DATA_TARGET", { x: [1, 2], $target: [1, Number.NaN] }],
    ["DATA_WEIGHT", { x: [1, 2], $target: [1, 2], $weight: [1, -1] }],
    ["DATA_WEIGHT", { x: [1, 2], $target: [1, 2], $weight: [0, 0] }],
  ])("refuses with %s: %j", async (code, lists) => {
    await expect(ridge(ridgeOptions.parse({})).train(trainingData({ kind: "regression" }, [numberFeature("x")], lists), null, watchedProgress())).rejects.toMatchObject({ code });
  });

  it("is ordinary least squares at l2 = 0, columns that depend on others left out", async () => {
    const x = [1, 2, 3, 4];
    const data = trainingData({ kind: "regression" }, [numberFeature("x"), numberFeature("twice"), numberFeature("same")], { x, twice: x.map((v) => 2 * v), same: [5, 5, 5, 5], $target: x.map((v) => 3 * v + 1) });
    const { numbers, intercept } = await ridge(ridgeOptions.parse({ l2: 0 })).train(data, null, watchedProgress());
    expect(numbers.map(({ weights }) => weights[0])).toEqual([expect.closeTo(3, 12), 0, 0]);
    expect(intercept[0]).toBeCloseTo(1, 12);
  });

  it.each(referenceCases("ridge"))("equals scikit-learn: $name", async (reference) => {
    const { facts } = await expectReference(ridge(ridgeOptions.parse(reference.options)), reference, 1e-9);
    expect(facts.iterations).toBe(1);
  });
});
