import { numberFeature, trainingData, watchedProgress } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { problems } from "../fixtures/reference.js";
import { BASELINE, describeTrainers } from "../fixtures/suite.js";
import { mean } from "./mean.js";

describeTrainers("mean", mean, ["regression"], BASELINE);

describe("mean", () => {
  const train = (problem: "binary" | "regression", lists: Readonly<Record<string, readonly number[]>>) => mean().train(trainingData(problems[problem], [numberFeature("x")], { x: [1, 2, 3], ...lists }), null, watchedProgress());

  it("is the weighted mean of the target", async () => {
    expect(await train("regression", { $target: [1, 2, 6] })).toEqual({ mean: 3 });
    expect(await train("regression", { $target: [1, 2, 6], $weight: [2, 1, 1] })).toEqual({ mean: 2.5 });
  });

  it("refuses a target of classes", async () => {
    await expect(train("binary", { $target: [1, 0, 1] })).rejects.toMatchObject({ code: "LINEAR_PROBLEM" });
  });
});
