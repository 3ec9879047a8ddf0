import { createFrame, field, type Problem } from "@millrace/core";
import { describeMetric } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { cost } from "./cost.js";
import { costOptions } from "./cost.options.js";

const PROBLEM: Problem = { kind: "binary", classes: ["no", "yes"], positive: "yes" };

describeMetric({ name: "cost", problem: PROBLEM, create: () => cost(costOptions.parse({ falsePositive: 1, falseNegative: 4 })) });
describeMetric({ name: "cost with gains", problem: { ...PROBLEM, classes: ["yes", "no"] }, create: () => cost(costOptions.parse({ falsePositive: 2, falseNegative: 0.5, truePositive: -3, trueNegative: -0.25 })) });

describe("the mean cost of a row", () => {
  /** Weights: a hit of 1, a false alarm of 2, a missed one of 3, one left out of 4. */
  const rows = { $target: [1, 0, 1, 0], $prediction: [0.9, 0.7, 0.4, 0.2], $weight: [1, 2, 3, 4] };
  const judged = (options: object, more: Readonly<Record<string, readonly number[]>> = {}, problem: Problem = PROBLEM) => {
    const columns: Readonly<Record<string, readonly number[]>> = { ...rows, ...more };
    const frame = createFrame(Object.keys(columns).map((name) => field(name, "float64")), Object.values(columns).map((values) => ({ dtype: "float64" as const, values: Float64Array.from(values) })), 4);
    const fold = cost(costOptions.parse({ falsePositive: 5, falseNegative: 7, ...options })).fold(problem);
    return fold.finish(fold.add(fold.start(), frame));
  };

  it("is, by hand, that of its four outcomes", () => {
    expect(judged({}).value).toBeCloseTo((2 * 5 + 3 * 7) / 10, 12);
    expect(judged({ truePositive: -100, trueNegative: 0.5 }).value).toBeCloseTo((1 * -100 + 2 * 5 + 3 * 7 + 4 * 0.5) / 10, 12);
    expect(judged({ truePositive: -100, trueNegative: 0.5 }, {}, { ...PROBLEM, classes: ["yes", "no"] }).value).toBeCloseTo((1 * -100 + 2 * 5 + 3 * 7 + 4 * 0.5) / 10, 12);
  });

  it("has the error of a mean: the root of Σ w² (cost - mean)², over the weight of all", () => {
    const mean = 3.1;
    expect(judged({}).standardError).toBeCloseTo(Math.sqrt(1 * mean ** 2 + 4 * (5 - mean) ** 2 + 9 * (7 - mean) ** 2 + 16 * mean ** 2) / 10, 12);
  });

  it("is that of the model's decision, unless it has a threshold of its own", () => {
    const more = { $decision: [1, 0, 1, 0] };
    expect(judged({}, more).value).toBe(0);
    expect(judged({ threshold: 0.5 }, more).value).toBeCloseTo(3.1, 12);
    expect(judged({ threshold: 0.3 }).value).toBeCloseTo((2 * 5) / 10, 12);
  });

  it("is of two classes, and needs both costs of a mistake", () => {
    expect(() => judged({}, {}, { kind: "multiclass", classes: ["a", "b"] })).toThrow(expect.objectContaining({ code: "METRIC_PROBLEM", message: expect.stringContaining('"cost" judges binary problems'), mend: expect.stringContaining("columns.positive") }));
    expect(costOptions.safeParse({ falsePositive: 1 }).success).toBe(false);
  });
});
