import { describe, expect, it } from "vitest";
import { errorMargin } from "../../statistics/error-margin.js";
import { crossValidationRemarks, summarize } from "./cross-validation.js";
import type { Evaluation } from "./evaluation.js";

const judged = (value: number | null): Evaluation => ({ problem: { kind: "regression" }, metrics: [{ name: "mae", direction: "minimize" }], parts: { test: { rows: 10, metrics: { mae: { value, standardError: null, plot: null } } } }, baselines: {}, slices: {}, importance: null });

describe("cross-validation over parts", () => {
  it("has the mean of the parts, and an interval by Student's t of as many parts as have a value", () => {
    const [mae] = summarize([1, 2, null, 3].map(judged)).metrics;
    expect(mae).toMatchObject({ values: [1, 2, null, 3], mean: 2, degreesOfFreedom: 2 });
    expect(mae!.standardError).toBeCloseTo(1 / Math.sqrt(3), 12);
    // scipy.stats.t.ppf(0.975, 2) = 4.302652729911275
    expect(errorMargin(mae!.standardError!, mae!.degreesOfFreedom, 0.95)).toBeCloseTo(4.302652729911275 / Math.sqrt(3), 6);
  });

  it("has no error of fewer than two", () => {
    expect(summarize([1, null].map(judged)).metrics[0]).toEqual({ name: "mae", direction: "minimize", values: [1, null], mean: 1, standardError: null });
    expect(summarize([null].map(judged)).metrics[0]).toMatchObject({ mean: null, standardError: null });
  });

  it("says in how many parts a metric has no value, and of one that has none at all its mean says it", () => {
    expect(crossValidationRemarks(summarize([1, null, 2, null, 3].map(judged)))).toEqual(["mae has no value in 2 of the 5 parts: its mean is that of the other 3."]);
    expect(crossValidationRemarks(summarize([1, null].map(judged)))).toEqual(["mae has no value in 1 of the 2 parts: its mean is that of the other."]);
    expect(crossValidationRemarks(summarize([1, null].map(judged)), [])).toEqual([]);
    for (const values of [[1, 2], [null, null]]) expect(crossValidationRemarks(summarize(values.map(judged)))).toEqual([]);
  });

  it("says what stands behind the registered model only", () => {
    const remark = (...names: readonly string[]) => crossValidationRemarks(summarize([1, 2].map(judged), names))[0];
    expect(remark("calibrate")).toBe("The models of the parts are judged without `calibrate` of `after`, which changes what metrics see of the registered model.");
    expect(remark("calibrate", "decide")).toContain("without `calibrate` and `decide` of `after`, which change what");
    expect(remark()).toBeUndefined();
  });
});
