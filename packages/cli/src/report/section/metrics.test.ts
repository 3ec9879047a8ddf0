import { crossValidationRemarks, type CrossValidation, type Evaluation } from "@millrace/core/engine";
import { expect, it } from "vitest";
import { markupOf } from "../html.js";
import type { ModelReport } from "../report.js";
import { metricSection } from "./metrics.js";

const METRICS = [{ name: "ece", direction: "minimize" }] as const;
const evaluation: Evaluation = { problem: { kind: "binary", classes: ["no", "yes"], positive: "yes" }, metrics: METRICS, parts: { test: { rows: 10, metrics: { ece: { value: 0.1, standardError: null, plot: null } } } }, baselines: {}, slices: {}, importance: null };

async function bodyOf(crossValidation: CrossValidation): Promise<string> {
  const { body } = (await metricSection({ name: "m", evaluation, crossValidation, lineage: null } as ModelReport))!;
  return markupOf(body);
}

it("a reader of cross-validation is told which model was judged, and on how many parts", async () => {
  const parted: CrossValidation = { parts: 2, metrics: [{ ...METRICS[0], values: [0.2, null], mean: 0.2, standardError: null }] };
  const told = { ...parted, without: ["calibrate"] };
  const remarks = crossValidationRemarks(told);
  expect(remarks).toHaveLength(2);
  expect(await bodyOf(told)).toContain(`<h4>Cross-validation in 2 parts</h4><p>${remarks.join(" ")}</p>`);
  expect(await bodyOf({ ...parted, metrics: [{ ...METRICS[0], values: [0.2, 0.3], mean: 0.25, standardError: 0.05 }] })).not.toContain("<p>");
});
