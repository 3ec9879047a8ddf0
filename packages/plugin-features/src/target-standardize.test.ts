import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { create, frame, learn, runTarget, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { targetStandardize } from "./target-standardize.js";

const target = field("$target", "float64");

describeTransform({ name: "target-standardize", fields: [], target, create: targetStandardize, runtimes, tolerance: 1e-12, frame: (rows, random) => frame({ $target: { dtype: "float64", values: Array.from({ length: rows }, () => 50 + random() * 100) } }) });

it("goes forward to mean 0 and deviation 1, and back", async () => {
  const transform = await create("target-standardize");
  const values = [10, 20, 30, null];
  const state = learn(transform.fit([], target), frame({ $target: values }));
  const forward = await runTarget(transform, state, "$target", values);
  expectClose(forward, [-Math.sqrt(1.5), 0, Math.sqrt(1.5), null], 1e-15);
  expectClose(await runTarget(transform, state, "prediction", forward), values, 1e-15);
});

it("is left out of features by what it learns from", async () => {
  expect((await create("target-standardize")).learnsFrom).toBe("target-only");
});
