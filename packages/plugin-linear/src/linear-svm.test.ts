import { watchedProgress } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { expectReference } from "../fixtures/equals-reference.js";
import { referenceCases, referenceData } from "../fixtures/reference.js";
import { describeTrainers } from "../fixtures/suite.js";
import { linearSvm } from "./linear-svm.js";
import { linearSvmOptions } from "./linear-svm.options.js";

describeTrainers("linear-svm", () => linearSvm(linearSvmOptions.parse({ tolerance: 1e-13, maxIterations: 1000 })), ["binary", "multiclass"]);
describeTrainers("linear-svm with hinge", () => linearSvm(linearSvmOptions.parse({ tolerance: 1e-8, loss: "hinge" })), ["binary"]);

describe("linear-svm", () => {
  it("refuses a target of numbers", async () => {
    const data = referenceData({ target: "regression", weighted: false });
    await expect(linearSvm(linearSvmOptions.parse({})).train(data, null, watchedProgress())).rejects.toMatchObject({ code: "LINEAR_PROBLEM" });
  });

  it.each(referenceCases("linear-svm"))("equals scikit-learn: $name", async (reference) => {
    const isHinge = reference.options.loss === "hinge";
    await expectReference(linearSvm(linearSvmOptions.parse({ ...reference.options, tolerance: isHinge ? 1e-8 : 1e-13 })), reference, isHinge ? 5e-5 : 2e-6);
  });
});
