import { describe, it } from "vitest";
import { linearSvm } from "./linear-svm.js";
import { linearSvmOptions } from "./linear-svm.options.js";
import { expectReference } from "../fixtures/equals-reference.js";
import { referenceCases } from "../fixtures/reference.js";

describe("linear-svm", () => {
  it.each(referenceCases("linear-svm"))("equals scikit-learn: $name", async (reference) => {
    const isHinge = reference.options.loss === "hinge";
    await expectReference(linearSvm(linearSvmOptions.parse({ ...reference.options, tolerance: isHinge ? 1e-8 : 1e-13 })), reference, isHinge ? 5e-5 : 2e-6);
  });
});
