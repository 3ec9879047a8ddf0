import { watchedProgress } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { coefficients, greatestDifference } from "../fixtures/coefficients.js";
import { expectReference } from "../fixtures/equals-reference.js";
import { type ReferenceCase, referenceCases, referenceData } from "../fixtures/reference.js";
import { describeTrainers } from "../fixtures/suite.js";
import { logistic } from "./logistic.js";
import { logisticOptions } from "./logistic.options.js";

const trainer = ({ options }: ReferenceCase) => logistic(logisticOptions.parse({ ...options, tolerance: 1e-13 }));
const cases = referenceCases("logistic");

describeTrainers("logistic", () => logistic(logisticOptions.parse({ tolerance: 1e-10 })), ["binary", "multiclass"]);
describeTrainers("logistic with l1", () => logistic(logisticOptions.parse({ tolerance: 1e-10, l1: 2 })), ["binary", "multiclass"]);

describe("logistic", () => {
  it("refuses a target of numbers", async () => {
    const data = referenceData({ target: "regression", weighted: false });
    await expect(logistic(logisticOptions.parse({})).train(data, null, watchedProgress())).rejects.toMatchObject({ code: "LINEAR_PROBLEM" });
  });

  it.each(cases.filter(({ objective }) => objective === null))("equals scikit-learn: $name", async (reference) => {
    await expectReference(trainer(reference), reference, 1e-6);
  });

  it.each(cases.filter(({ objective }) => objective !== null))("equals scikit-learn: $name", async (reference) => {
    const state = await trainer(reference).train(referenceData(reference), null, watchedProgress());
    expect(state.facts.warnings).toEqual([]);
    expect(state.facts.objective / reference.objective!).toBeCloseTo(1, 8);
    // Where l2 is 0 the optimum is not one point.
    if (reference.options["l2"] !== 0) expect(greatestDifference(coefficients(state), reference.coefficients)).toBeLessThan(1e-6);
    expect(coefficients(state).flat().filter((x) => x === 0).length).toBeGreaterThan(2);
  });
});
