import { numberFeature, trainingData, watchedProgress } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { problems } from "../fixtures/reference.js";
import { BASELINE, describeTrainers } from "../fixtures/suite.js";
import { prior } from "./prior.js";

describeTrainers("prior", prior, ["binary", "multiclass"], BASELINE);

describe("prior", () => {
  const train = (problem: "binary" | "multiclass" | "regression", lists: Readonly<Record<string, readonly number[]>>) => prior().train(trainingData(problems[problem], [numberFeature("x")], { x: [1, 2, 3, 4], ...lists }), null, watchedProgress());

  it("is the weighted share of each class", async () => {
    expect(await train("binary", { $target: [1, 0, 0, 0] })).toEqual({ shares: Float64Array.of(0.25) });
    expect(await train("binary", { $target: [1, 0, 0, 0], $weight: [3, 1, 1, 1] })).toEqual({ shares: Float64Array.of(0.5) });
    expect(await train("multiclass", { $target: [1, 0, 0, 1] })).toEqual({ shares: Float64Array.of(0.5, 0.5, 0) });
  });

  it("refuses a target of numbers", async () => {
    await expect(train("regression", { $target: [1, 2, 3, 4] })).rejects.toMatchObject({ code: "LINEAR_PROBLEM" });
  });
});
