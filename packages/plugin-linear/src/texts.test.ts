import { expect, it } from "vitest";
import type { Trainer } from "@millrace/core";
import { watched } from "../fixtures/progress.js";
import { textCases, textData } from "../fixtures/texts.js";
import { linearSvm } from "./linear-svm.js";
import { linearSvmOptions } from "./linear-svm.options.js";
import { logistic } from "./logistic.js";
import { logisticOptions } from "./logistic.options.js";
import type { LinearState } from "./model/state.js";
import { ridge } from "./ridge.js";
import { ridgeOptions } from "./ridge.options.js";

const TRAINERS: Readonly<Record<string, (options: object) => Trainer<LinearState>>> = {
  logistic: (options) => logistic(logisticOptions.parse({ ...options, tolerance: 1e-13, maxIterations: 1000 })),
  ridge: (options) => ridge(ridgeOptions.parse({ ...options, tolerance: 1e-13, maxIterations: 1000 })),
  "linear-svm": (options) => linearSvm(linearSvmOptions.parse({ ...options, tolerance: 1e-13, maxIterations: 1000 })),
};

it.each(textCases)("equals scikit-learn on its TF-IDF in CSR: $name", async ({ trainer, options, target, coefficients, intercept }) => {
  const state = await TRAINERS[trainer]!(options).train(textData(target), null, watched());
  const [{ places, weights }] = state.sparse as unknown as [LinearState["sparse"][number]];
  const outputs = state.intercept.length;
  coefficients.forEach((row, output) => row.forEach((weight, place) => expect(weights[places.indexOf(place) * outputs + output]).toBeCloseTo(weight, 6)));
  intercept.forEach((value, output) => expect(state.intercept[output]).toBeCloseTo(value, 6));
});

it("holds no weight for a place that training did not see", async () => {
  const data = textData("binary");
  const [feature] = data.features;
  const longer = { ...data, features: [{ ...feature!, shape: [2 ** 20] }] };
  const { sparse, facts } = await TRAINERS["logistic"]!({}).train(longer, null, watched());
  expect([sparse[0]!.length, sparse[0]!.places.length, facts.weights]).toEqual([2 ** 20, feature!.shape![0], feature!.shape![0]]);
});

it("a machine with a plain hinge takes no sparse vectors", () => {
  expect(linearSvm(linearSvmOptions.parse({ loss: "hinge" })).sparse).toMatchObject({ because: expect.stringContaining("squared-hinge") });
});
