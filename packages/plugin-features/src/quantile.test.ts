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

const { values: massed, probes, toUniform, toNormal, probesToUniform, probesToNormal } = reference.massed;
const names = ["least", "greatest", "both", "few"];
const tableOf = (columns: readonly (readonly number[])[]) => frame(Object.fromEntries(names.map((name, index) => [name, columns[index]!])));

it.each([
  ["uniform", toUniform, probesToUniform],
  ["normal", toNormal, probesToNormal],
] as const)("equals QuantileTransformer where many rows share the least or the greatest value, and right beside it: %s", async (output, expected, expectedOfProbes) => {
  const made = await create("quantile", { output, quantiles: 20 });
  const [rows, beside] = [await apply(made, names, tableOf(massed)), await apply(made, names, tableOf(massed), tableOf(probes))];
  names.forEach((name, index) => {
    expectClose(rows.numbers(name), expected[index]!, 1e-6);
    expectClose(beside.numbers(name), expectedOfProbes[index]!, 1e-6);
  });
});

it("does not climb to 1 before a greatest value that many rows have", async () => {
  const train = [...Array.from({ length: 50 }, (_, index) => index + 1), ...Array.from({ length: 50 }, () => 51), 50.5];
  const { numbers } = await apply(await create("quantile", { quantiles: 20 }), ["x"], frame({ x: train }), frame({ x: [50, 50.5, 51] }));
  expectClose(numbers("x"), [0.506, 0.516, 1], 1e-3);
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
