import { seeded, withColumn, type Frame, type Metric, type MetricResult, type Problem } from "@millrace/core";
import { judgedFrame } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { accuracy } from "./accuracy.js";
import { balancedAccuracy } from "./balanced-accuracy.js";
import { brier } from "./brier.js";
import { cost } from "./cost.js";
import { ece } from "./ece.js";
import { f1 } from "./f1.js";
import { logLoss } from "./log-loss.js";
import { mae } from "./mae.js";
import { mcc } from "./mcc.js";
import { prAuc } from "./pr-auc.js";
import { precision } from "./precision.js";
import { r2 } from "./r2.js";
import { recall } from "./recall.js";
import { residuals } from "./residuals.js";
import { rmse } from "./rmse.js";
import { rocAuc } from "./roc-auc.js";

const BINARY: Problem = { kind: "binary", classes: ["no", "yes"], positive: "yes" };
const MULTICLASS: Problem = { kind: "multiclass", classes: ["a", "b", "c"] };
const REGRESSION: Problem = { kind: "regression" };
const ROWS = 60;

const cases: readonly (readonly [string, Metric, Problem, "as it is" | "n / (n - 1)"])[] = [
  ["accuracy", accuracy({}), BINARY, "as it is"],
  ["balanced-accuracy", balancedAccuracy({}), MULTICLASS, "as it is"],
  ["precision, macro", precision({ average: "macro", zeroDivision: 0 }), MULTICLASS, "as it is"],
  ["precision, binary", precision({ zeroDivision: 0 }), BINARY, "as it is"],
  ["recall, weighted", recall({ average: "weighted", zeroDivision: 0 }), MULTICLASS, "as it is"],
  ["f1, weighted", f1({ average: "weighted", zeroDivision: 0 }), MULTICLASS, "as it is"],
  ["f1, micro", f1({ average: "micro", zeroDivision: 0 }), MULTICLASS, "as it is"],
  ["mcc, binary", mcc({}), BINARY, "as it is"],
  ["mcc, multiclass", mcc({}), MULTICLASS, "as it is"],
  ["cost", cost({ falsePositive: 1, falseNegative: 4, truePositive: -2, trueNegative: 0 }), BINARY, "as it is"],
  ["pr-auc", prAuc(), BINARY, "as it is"],
  ["r2", r2(), REGRESSION, "as it is"],
  ["ece", ece({ bins: 5 }), BINARY, "as it is"],
  ["log-loss", logLoss(), MULTICLASS, "n / (n - 1)"],
  ["brier", brier(), BINARY, "n / (n - 1)"],
  ["mae", mae(), REGRESSION, "n / (n - 1)"],
  ["rmse", rmse(), REGRESSION, "n / (n - 1)"],
];

describe("a standard error is the root of Σ w² (d value / d w)² over the rows (the infinitesimal jackknife)", () => {
  // The bootstrap below folds what lies on the other side of 0 back, as the value does: where a mean residual is near 0, its error is an upper bound.
  it.each([...cases, ["residuals", residuals(), REGRESSION, "n / (n - 1)"] as const])("%s", (_, metric, problem, factor) => {
    const { frame, weights } = rows(problem);
    const slopes = weights.map((_, row) => slope(metric, problem, frame, weights, row));
    const variance = weights.reduce((sum, weight, row) => sum + (weight * slopes[row]!) ** 2, 0);
    const effective = sum(weights) ** 2 / sum(weights.map((weight) => weight ** 2));
    const wanted = Math.sqrt(factor === "as it is" ? variance : (variance * effective) / (effective - 1));
    expect(judge(metric, problem, frame).standardError! / wanted).toBeCloseTo(1, 5);
  });

  it("roc-auc: each class has its n / (n - 1)", () => {
    const { frame, weights } = rows(BINARY);
    const metric = rocAuc({ multiclass: "ovr", average: "macro" });
    const target = (frame.column("$target") as { values: Float64Array }).values;
    const variance = [0, 1].map((side) => {
      const own = weights.map((weight, row) => (target[row] === side ? weight : 0));
      const effective = sum(own) ** 2 / sum(own.map((weight) => weight ** 2));
      return (own.reduce((all, weight, row) => all + (weight === 0 ? 0 : (weight * slope(metric, BINARY, frame, weights, row)) ** 2), 0) * effective) / (effective - 1);
    });
    expect(judge(metric, BINARY, frame).standardError! / Math.sqrt(variance[0]! + variance[1]!)).toBeCloseTo(1, 5);
  });

  it("roc-auc, multiclass: no less than that of the mean", () => {
    const { frame, weights } = rows(MULTICLASS);
    const metric = rocAuc({ multiclass: "ovr", average: "macro" });
    const variance = weights.reduce((all, weight, row) => all + (weight * slope(metric, MULTICLASS, frame, weights, row)) ** 2, 0);
    expect(judge(metric, MULTICLASS, frame).standardError!).toBeGreaterThan(Math.sqrt(variance));
  });
});

/** What the closed forms stand for, at the price of one fold instead of hundreds (Efron 1979; weights of Poisson(1): Chamandy et al. 2012). */
describe("a standard error is that of the bootstrap by weights", () => {
  it.each([...cases, ["roc-auc", rocAuc({ multiclass: "ovr", average: "macro" }), BINARY, "as it is"] as const])("%s", (_, metric, problem) => {
    const { frame, weights } = rows(problem, 600);
    const random = seeded(11);
    const field = frame.fields.find(({ name }) => name === "$weight")!;
    const values = Array.from({ length: 300 }, () => judge(metric, problem, withColumn(frame, field, { dtype: "float64", values: Float64Array.from(weights, (weight) => weight * poisson(random)) })).value!);
    const mean = sum(values) / values.length;
    const error = Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
    const ratio = judge(metric, problem, frame).standardError! / error;
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  });
});

/** Poisson(1), by multiplying uniforms (Knuth). */
function poisson(random: () => number): number {
  let count = -1;
  for (let product = 1; product > Math.exp(-1); product *= random()) count++;
  return count;
}

function rows(problem: Problem, length = ROWS): { readonly frame: Frame; readonly weights: readonly number[] } {
  const frame = judgedFrame(problem, length, seeded(7), (random) => 0.5 + random());
  return { frame, weights: [...(frame.column("$weight") as { values: Float64Array }).values] };
}

function slope(metric: Metric, problem: Problem, frame: Frame, weights: readonly number[], row: number): number {
  const at = (step: number) => judge(metric, problem, withColumn(frame, frame.fields.find(({ name }) => name === "$weight")!, { dtype: "float64", values: Float64Array.from(weights.with(row, weights[row]! + step)) })).value!;
  return (at(1e-4) - at(-1e-4)) / 2e-4;
}

function judge(metric: Metric, problem: Problem, frame: Frame): MetricResult {
  const fold = metric.fold(problem);
  return fold.finish(fold.add(fold.start(), frame));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
