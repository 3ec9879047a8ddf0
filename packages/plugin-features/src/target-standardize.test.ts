import { expect, it } from "vitest";
import { field } from "@millrace/core";
import { create, frame, learn, runTarget } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";

it("goes forward to mean 0 and deviation 1, and back", async () => {
  const transform = await create("target-standardize");
  const values = [10, 20, 30, null];
  const state = learn(transform.fit([], field("$target", "float64")), frame({ $target: values }));
  const forward = await runTarget(transform, state, "$target", values);
  expectClose(forward, [-Math.sqrt(1.5), 0, Math.sqrt(1.5), null], 1e-15);
  expectClose(await runTarget(transform, state, "prediction", forward), values, 1e-15);
});

it("is left out of features by what it learns from", async () => {
  expect((await create("target-standardize")).learnsFrom).toBe("target-only");
});
