import { expect, it } from "vitest";
import type { MetricResult } from "../../contracts/metric.js";
import type { Evaluation, Scores } from "../evaluate/evaluation.js";
import { baselineSection, crossValidationSection, importanceSection, metricSection, sliceSection } from "./scores.js";

const number = (value: number): MetricResult => ({ value, standardError: null, plot: null });
const matrix = (value: number, ...rows: number[][]): MetricResult => ({ ...number(value), plot: { kind: "confusion-matrix", classes: ["no", "yes"], matrix: rows } });
const scores = (accuracy: number, ...rows: number[][]): Scores => ({ rows: 10, metrics: { accuracy: number(accuracy), confusion: matrix(accuracy + 1e-12, ...rows) } });

const EVALUATION: Evaluation = {
  problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" },
  metrics: [{ name: "accuracy", direction: "maximize" }, { name: "confusion", direction: "maximize" }],
  parts: { train: scores(0.9, [5, 0], [1, 4]), test: scores(0.7, [1234, 2], [1, 3.25]) },
  baselines: { prior: { test: scores(0.6, [6, 0], [4, 0]) } },
  slices: { city: { Bern: { test: scores(0.7, [4, 2], [1, 3]) } } },
  importance: null,
};
const ALONE: Evaluation = { ...EVALUATION, metrics: [EVALUATION.metrics[1]!], parts: { test: { rows: 10, metrics: { confusion: matrix(0.7, [4, 2], [1, 3]) } } } };

it("a confusion matrix stands in a card as a matrix, not as accuracy once more", () => {
  const crossValidation = { parts: 2, metrics: [{ name: "accuracy", mean: 0.7, values: [0.6, 0.8], standardError: null }, { name: "confusion", mean: 0.7, values: [0.6, 0.8], standardError: null }] } as never;
  const sections = [metricSection(EVALUATION, 0.95), baselineSection(EVALUATION, 0.95), crossValidationSection(crossValidation, EVALUATION, 0.95), sliceSection(EVALUATION, 0.95, [])];
  for (const section of sections) {
    expect(section).toContain("accuracy");
    expect(section).not.toMatch(/\| confusion/);
  }
  expect(sections[0]).toContain("### Confusion\n\nOf the test rows: a row is what a case was, a column what the model said.\n\n| was \\ said | `no` | `yes` |\n| --- | --- | --- |\n| `no` | 1,234 | 2 |\n| `yes` | 1 | 3.25 |");
});

it("what it has on its diagonal is told where no other metric tells it", () => {
  expect(metricSection(ALONE, 0.95)).toContain("| confusion | maximize | 0.7000 |");
});

it("what a training measured its features by stands beside the permutation importance, and alone where there is none", () => {
  const remarks = [{ about: "importance", sentence: "By gain: `x` 93 %." }, { about: "training", sentence: "It stopped early." }] as const;
  const importance = { metric: "accuracy", rows: 10, columns: [{ column: "x", drop: 0.25, standardDeviation: 0.01 }] };
  const both = importanceSection({ ...EVALUATION, importance }, remarks);
  expect(both).toMatch(/^## Importance\n\nBy how much `accuracy` gets worse[^]*\| `x` \| 0\.2500 ± 0\.0100 \|\n\nBy gain: `x` 93 %\.$/);
  expect(importanceSection(EVALUATION, remarks)).toBe("## Importance\n\nBy gain: `x` 93 %.");
  expect(importanceSection(EVALUATION, [])).toBe("");
});
