import { describe, expect, it } from "vitest";
import type { Gate } from "../../contracts/resolved.js";
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
const judge = (more: Partial<Gate>) => judgeGates([gate(more)], evaluation, 0.95)[0]!;

describe("gates", () => {
  it("look at the worse end of the interval, or at the point where asked", () => {
    expect(judge({ atLeast: 0.69 }).passed).toBe(false);
    expect(judge({ atLeast: 0.69, bound: "point" }).passed).toBe(true);
    expect(judge({ atLeast: 0.69 }).value).toBeCloseTo(0.7 - 1.959964 * 0.01, 5);
    expect(judge({ metric: "log-loss", atMost: 0.51 }).passed).toBe(false);
    expect(judge({ metric: "log-loss", atMost: 0.52 }).passed).toBe(true);
  });

  it("compare with the best baseline, better being more whichever way the metric goes", () => {
    expect(judge({ versus: "baseline", atLeast: 0.15 }).passed).toBe(true);
    expect(judge({ versus: "baseline", atLeast: 0.19 }).passed).toBe(false);
    expect(judge({ versus: "baseline", metric: "log-loss", atLeast: 0.05 }).passed).toBe(true);
  });

  it("judge a slice, and fail where the metric is undefined, absent or has no error", () => {
    expect(judge({ slice: "city=Rome", atLeast: 0.85 }).passed).toBe(true);
    expect(judge({ slice: "city=Oslo", atLeast: 0 }).passed).toBe(false);
    expect(judge({ slice: "city=Nome", atLeast: 0 }).message).toContain("undefined");
    expect(judge({ slice: "city=Oslo", metric: "log-loss", atMost: 1 }).message).toContain("no standard error");
  });
});
