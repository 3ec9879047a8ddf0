import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { create, frame, learn, runTarget, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { targetLog } from "./target-log.js";

const target = field("$target", "float64");

describeTransform({ name: "target-log", fields: [], target, create: targetLog, runtimes, frame: (rows, random) => frame({ $target: { dtype: "float64", values: Array.from({ length: rows }, () => random() * 100) } }) });

it("goes forward by log1p and back by expm1", async () => {
  const transform = await create("target-log");
  const values = [0, 1e-12, 0.5, 1000, 1e9, null];
  const forward = await runTarget(transform, null, "$target", values);
  expectClose(forward, values.map((value) => (value === null ? null : Math.log1p(value))), 1e-15);
  const back = await runTarget(transform, null, "prediction", forward);
  expectClose(back, values, 1e-14);
  expect(back[1]! / 1e-12).toBeCloseTo(1, 9);
});

it("goes back from everywhere", async () => {
  expect(await runTarget(await create("target-log"), null, "prediction", [-Infinity, -1000, -1e-320, 0, 710, Infinity])).toEqual([-1, -1, -1e-320, 0, Infinity, Infinity]);
});

it("finds a target that has no logarithm", async () => {
  const fold = (await create("target-log")).fit([], target);
  expect(learn(fold, frame({ $target: [0, null, 5] }))).toBe(null);
  expect(() => learn(fold, frame({ $target: [0] }), frame({ $target: [-1] }))).toThrow(expect.objectContaining({ code: "TRANSFORM_TARGET" }));
});
