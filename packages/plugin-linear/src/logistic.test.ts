import { describe, expect, it } from "vitest";
import { logistic } from "./logistic.js";
import { logisticOptions } from "./logistic.options.js";
import { coefficients, greatestDifference } from "./testing/coefficients.js";
import { watched } from "./testing/progress.js";
import { referenceCases, referenceData } from "./testing/reference.js";

describe("logistic", () => {
  for (const reference of referenceCases("logistic").filter(({ options }) => options.l1 === undefined))
    it(`equals scikit-learn: ${reference.name}`, async () => {
      const trainer = logistic(logisticOptions.parse({ ...reference.options, tolerance: 1e-13 }));
      const state = await trainer.train(referenceData(reference), null, watched());
      expect(state.facts.warnings).toEqual([]);
      console.log(reference.name, state.facts.iterations, greatestDifference(coefficients(state), reference.coefficients), Array.from(state.intercept), reference.intercept);
      expect(greatestDifference(coefficients(state), reference.coefficients)).toBeLessThan(1e-6);
      expect(greatestDifference([Array.from(state.intercept)], [reference.intercept])).toBeLessThan(1e-6);
    });
});
