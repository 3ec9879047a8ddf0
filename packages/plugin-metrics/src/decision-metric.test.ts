import { createFrame, field, type Frame, type Metric, type Problem } from "@millrace/core";
import { describeFold } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { accuracy } from "./accuracy.js";
import { balancedAccuracy } from "./balanced-accuracy.js";
import { confusion } from "./confusion.js";
import { f1 } from "./f1.js";
import { mcc } from "./mcc.js";
import { precision } from "./precision.js";
import { recall } from "./recall.js";

const PROBLEM: Problem = { kind: "binary", classes: ["no", "yes"], positive: "yes" };
const averaged = { average: undefined, zeroDivision: 0, threshold: undefined } as const;

/** Eight rows: at 0.5 one hit, one false alarm, two missed and four left out; by the decision three hits, two false alarms, none missed and three left out. */
const target = [1, 0, 1, 1, 0, 0, 0, 0];
const score = [0.9, 0.8, 0.4, 0.35, 0.32, 0.1, 0.1, 0.1];
const decision = [1, 1, 1, 1, 1, 0, 0, 0];

function judged(decided: readonly number[] | null, rows = target.length): Frame {
  const columns: Readonly<Record<string, readonly number[]>> = { $target: target.slice(0, rows), $prediction: score, ...(decided === null ? {} : { $decision: decided }) };
  return createFrame(Object.keys(columns).map((name) => field(name, "float64")), Object.values(columns).map((values) => ({ dtype: "float64" as const, values: Float64Array.from(values.slice(0, rows)) })), rows);
}

function resultOf(metric: Metric, decided: readonly number[] | null = decision, problem = PROBLEM) {
  const fold = metric.fold(problem);
  return fold.finish(fold.add(fold.start(), judged(decided)));
}

describe("metrics of a model that decides", () => {
  it.each([
    ["accuracy", accuracy({ threshold: undefined }), 6 / 8, 5 / 8],
    ["balanced-accuracy", balancedAccuracy({ threshold: undefined }), (1 + 3 / 5) / 2, (1 / 3 + 4 / 5) / 2],
    ["precision", precision(averaged), 3 / 5, 1 / 2],
    ["recall", recall(averaged), 1, 1 / 3],
    ["f1", f1(averaged), 6 / 8, 2 / 5],
    ["mcc", mcc({ threshold: undefined }), 9 / Math.sqrt(5 * 3 * 5 * 3), (1 * 4 - 1 * 2) / Math.sqrt(2 * 3 * 5 * 6)],
    ["confusion", confusion({ threshold: undefined }), 6 / 8, 5 / 8],
  ])("%s is of its decision; without one, of the label", (_, metric, ofDecision, ofLabel) => {
    expect(resultOf(metric).value).toBeCloseTo(ofDecision, 12);
    expect(resultOf(metric, null).value).toBeCloseTo(ofLabel, 12);
  });

  it("keep to a threshold of their own", () => {
    expect(resultOf(f1({ ...averaged, threshold: 0.5 })).value).toBeCloseTo(2 / 5, 12);
  });

  it("show the decision's matrix, in the order of the classes", () => {
    expect(resultOf(confusion({ threshold: undefined })).plot).toMatchObject({ matrix: [[3, 2], [0, 3]] });
    expect(resultOf(confusion({ threshold: undefined }), decision, { ...PROBLEM, classes: ["yes", "no"] }).plot).toMatchObject({ matrix: [[3, 0], [2, 3]] });
  });

  it("refuse a row that is left undecided", () => {
    expect(() => resultOf(f1(averaged), decision.with(2, NaN))).toThrow(expect.objectContaining({ code: "METRIC_VALUE", message: "Row 2 of a batch cannot be judged: its target is 1, its prediction 0.4, and its decision is missing." }));
  });
});

describeFold({ name: "f1 of decisions", fields: [], create: () => f1(averaged).fold(PROBLEM), tolerance: 1e-9, frame: (rows, random) => decided(rows, random) });

function decided(rows: number, random: () => number): Frame {
  const values = () => Float64Array.from({ length: rows }, () => Math.round(random()));
  return createFrame(["$target", "$prediction", "$decision"].map((name) => field(name, "float64")), [values(), Float64Array.from({ length: rows }, random), values()].map((column) => ({ dtype: "float64" as const, values: column })), rows);
}
