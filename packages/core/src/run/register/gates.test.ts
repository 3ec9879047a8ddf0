import { describe, expect, it } from "vitest";
import type { Gate } from "../../contracts/resolved.js";
import type { Comparison } from "../evaluate/comparison.js";
import type { CrossValidation } from "../evaluate/cross-validation.js";
import type { Evaluation, Scores } from "../evaluate/evaluation.js";
import { judgeGates } from "./gates.js";

const scores = (auc: number | null, loss: number, standardError: number | null = 0.01): Scores => ({
  rows: 100,
  metrics: { "roc-auc": { value: auc, standardError, plot: null }, "log-loss": { value: loss, standardError, plot: null } },
});

const evaluation: Evaluation = {
  problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" },
  metrics: [{ name: "roc-auc", direction: "maximize" }, { name: "log-loss", direction: "minimize" }],
  parts: { test: scores(0.7, 0.5) },
  baselines: { prior: { test: scores(0.5, 0.6) } },
  slices: { city: { Rome: { test: scores(0.9, 0.4) }, Oslo: { test: scores(null, 0.4, null) } } },
  importance: null,
};

const gate = (more: Partial<Gate>): Gate => ({ metric: "roc-auc", part: "test", slice: null, atLeast: null, atMost: null, versus: null, bound: "confidence", ...more });
const difference = (value: number) => ({ difference: value, standardError: 0.01 });

const comparison = (champion: Comparison["champion"]): Comparison => ({
  champion,
  parts: { test: { "baseline-prior": { "roc-auc": difference(0.2), "log-loss": difference(0.1) }, "baseline-mean": { "roc-auc": difference(0.3), "log-loss": difference(0.05) }, champion: { "roc-auc": { difference: 0.005, standardError: 0.001 }, "log-loss": { difference: 0, standardError: 0 } } } },
});

const crossValidation: CrossValidation = { parts: 3, metrics: [{ name: "roc-auc", direction: "maximize", values: [0.6, 0.7, 0.8], mean: 0.7, standardError: 0.05 }] };

const judge = (more: Partial<Gate>, champion: Comparison["champion"] = "another") => judgeGates([gate(more)], { evaluation, crossValidation, comparison: comparison(champion) }, 0.95)[0]!;

describe("gates", () => {
  it("look at the worse end of the interval, or at the point where asked", () => {
    expect(judge({ atLeast: 0.69 }).passed).toBe(false);
    expect(judge({ atLeast: 0.69, bound: "point" }).passed).toBe(true);
    expect(judge({ atLeast: 0.69 }).value).toBeCloseTo(0.7 - 1.959964 * 0.01, 5);
    expect(judge({ metric: "log-loss", atMost: 0.51 }).passed).toBe(false);
    expect(judge({ metric: "log-loss", atMost: 0.52 }).passed).toBe(true);
  });

  it("compare with the best of the baselines on the same rows", () => {
    expect(judge({ versus: "baseline", atLeast: 0.15 }).passed).toBe(true);
    expect(judge({ versus: "baseline", atLeast: 0.19 }).passed).toBe(false);
    expect(judge({ versus: "baseline", metric: "log-loss", atLeast: 0.05 }).passed).toBe(false);
    expect(judge({ versus: "baseline", metric: "log-loss", atLeast: 0.02 }).passed).toBe(true);
  });

  it("compare with the champion by the error of the difference itself; equal is not better", () => {
    expect(judge({ versus: "champion", atLeast: 0 }).passed).toBe(true);
    expect(judge({ versus: "champion", atLeast: 0.004 }).passed).toBe(false);
    expect(judge({ versus: "champion", metric: "log-loss", atLeast: 0 }).passed).toBe(false);
    expect(judge({ versus: "champion", atLeast: 1 }, "none")).toMatchObject({ passed: true, message: expect.stringContaining("no champion yet") });
    expect(judge({ versus: "champion", atLeast: 1 }, "itself")).toMatchObject({ passed: true, message: expect.stringContaining("it is the champion") });
  });

  it("judge errors that groups of rows tell by Student's t, and none of fewer than two groups", () => {
    const grouped = (standardError: number | null, degreesOfFreedom: number) => {
      const result = { "roc-auc": { difference: 0.05, standardError, degreesOfFreedom } };
      return judgeGates([gate({ versus: "champion", atLeast: 0 })], { evaluation, crossValidation, comparison: { champion: "another", parts: { test: { champion: result } } } }, 0.95)[0]!;
    };
    expect(grouped(0.01, 4)).toMatchObject({ passed: true, value: expect.closeTo(0.05 - 2.7764451 * 0.01, 6) });
    expect(grouped(0.01, 1).passed).toBe(false);
    expect(grouped(null, 0)).toMatchObject({ passed: false, value: null, message: 'roc-auc on test, gain over the champion: its error cannot be told from fewer than 2 groups of rows; judge it on more groups, or set the gate\'s bound to "point"' });
  });

  it("judge the mean over the parts of cross-validation", () => {
    expect(judge({ part: "cross-validation", atLeast: 0.61, bound: "point" }).passed).toBe(true);
    expect(judge({ part: "cross-validation", atLeast: 0.61 }).passed).toBe(false);
    expect(judge({ part: "cross-validation", metric: "log-loss", atMost: 1 }).message).toContain("undefined");
  });

  it("judge a slice, and fail where the metric is undefined, absent or has no error", () => {
    expect(judge({ slice: "city=Rome", atLeast: 0.85 }).passed).toBe(true);
    expect(judge({ slice: "city=Oslo", atLeast: 0 }).passed).toBe(false);
    expect(judge({ slice: "city=Nome", atLeast: 0 })).toMatchObject({ passed: false, message: 'roc-auc on test, city=Nome: no row of test has city=Nome. Did you mean "Rome"?' });
    expect(judge({ slice: "city=Rome", part: "validation", atLeast: 0 }).message).toContain("no row of validation has city=Rome");
    expect(judge({ slice: "city=Rome", part: "train", atLeast: 0 }).message).toContain("undefined");
    expect(judge({ slice: "city=Oslo", metric: "log-loss", atMost: 1 }).message).toContain("no standard error");
  });
});
