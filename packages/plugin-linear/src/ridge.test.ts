import { describe, expect, it } from "vitest";
import { ridge } from "./ridge.js";
import { ridgeOptions } from "./ridge.options.js";
import { expectReference } from "../fixtures/equals-reference.js";
import { referenceCases } from "../fixtures/reference.js";

describe("ridge", () => {
  it.each(referenceCases("ridge"))("equals scikit-learn: $name", async (reference) => {
    const { facts } = await expectReference(ridge(ridgeOptions.parse(reference.options)), reference, 1e-9);
    expect(facts.iterations).toBe(1);
  });
});
