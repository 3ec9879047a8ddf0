import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { normalQuantile } from "@millrace/core/statistics";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { quantile } from "./quantile.js";

const fields = [field("a", "float64"), field("k", "int32"), field("f", "float32")];
const [a, b, c] = reference.skewed;
const table = frame({ a: a!, b: b!, c: c! });

describeTransform({ name: "quantile to uniform", fields, create: () => quantile({ output: "uniform", quantiles: 20 }), runtimes });
describeTransform({ name: "quantile to normal", fields, create: () => quantile({ output: "normal", quantiles: 1000 }), runtimes });

it.each([
  ["uniform", reference.toUniform],
  ["normal", reference.toNormal],
] as const)("equals QuantileTransformer of scikit-learn: %s", async (output, expected) => {
  const { numbers } = await apply(await create("quantile", { output, quantiles: 20 }), ["a", "b", "c"], table);
  ["a", "b", "c"].forEach((name, index) => expectClose(numbers(name), expected[index]!, 1e-6));
});

it("holds what lies beyond the training range, and keeps missing", async () => {
  const { numbers } = await apply(await create("quantile"), ["x"], frame({ x: [1, 2, 3, 4, 5] }), frame({ x: [-Infinity, 0, 1, 2.5, 5, 9, Infinity, null] }));
  expect(numbers("x")).toEqual([0, 0, 0, 0.375, 1, 1, 1, NaN]);
});

it("gives the middle of its shares to a value that many rows have", async () => {
  const { numbers } = await apply(await create("quantile"), ["x"], frame({ x: [0, 1, 1, 1, 2] }));
  expect(numbers("x")).toEqual([0, 0.5, 0.5, 0.5, 1]);
});

it("gives a constant, and a column without values, one place", async () => {
  const { numbers } = await apply(await create("quantile"), ["x", "none"], frame({ x: [3, 3], none: { dtype: "float64", values: [null, null] } }), frame({ x: [3, 7], none: [1, 0] }));
  expect(numbers("x")).toEqual([0, 0]);
  expect(numbers("none")).toEqual([0, 0]);
});

it("is the normal quantile of what is uniform", async () => {
  const values = Array.from({ length: 401 }, (_, index) => index / 400);
  const { numbers } = await apply(await create("quantile", { output: "normal" }), ["x"], frame({ x: values }));
  expectClose(numbers("x").slice(1, -1), values.slice(1, -1).map(normalQuantile));
  expect(numbers("x")[0]).toBeCloseTo(-5.1993375822, 5);
});
