import { expect } from "vitest";
import type { Trainer } from "@millrace/core";
import type { LinearState } from "../model/state.js";
import { coefficients, greatestDifference } from "./coefficients.js";
import { watched } from "./progress.js";
import { type ReferenceCase, referenceData } from "./reference.js";

/** Trains on a reference case; its weights and intercepts must be within `bound` of scikit-learn's, and the optimum reached. */
export async function expectReference(trainer: Trainer<LinearState>, reference: ReferenceCase, bound: number): Promise<LinearState> {
  const state = await trainer.train(referenceData(reference), null, watched());
  const found = coefficients(state);
  expect(state.facts.warnings).toEqual([]);
  expect(greatestDifference(found, reference.coefficients)).toBeLessThan(bound);
  expect(greatestDifference([Array.from(state.intercept)], [reference.intercept])).toBeLessThan(bound);
  return state;
}
