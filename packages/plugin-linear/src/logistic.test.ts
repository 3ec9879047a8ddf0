import { describe, it } from "vitest";
import { logistic } from "./logistic.js";
import { logisticOptions } from "./logistic.options.js";
import { expectReference } from "./testing/equals-reference.js";
import { referenceCases } from "./testing/reference.js";

describe("logistic", () => {
  it.each(referenceCases("logistic").filter(({ options }) => options.l1 === undefined))("equals scikit-learn: $name", async (reference) => {
    await expectReference(logistic(logisticOptions.parse({ ...reference.options, tolerance: 1e-13 })), reference, 1e-6);
  });
});
