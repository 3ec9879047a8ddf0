import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { robust } from "./robust.js";
import { robustOptions } from "./robust.options.js";

const [a, b, c, none] = reference.numbers;
const table = frame({ a: a!, b: b!, c: c!, none: none! });

describeTransform({ name: "robust", fields: [field("a", "float64"), field("k", "int32")], create: () => robust({ lower: 0.25, upper: 0.75, center: true }), runtimes });

it("equals RobustScaler of scikit-learn", async () => {
  const { numbers } = await apply(await create("robust"), ["a", "b", "c"], table);
  ["a", "b", "c"].forEach((name, index) => expectClose(numbers(name), reference.robust[index]!));
  const wide = await apply(await create("robust", { lower: 0.1, upper: 0.9, center: false }), ["a", "b", "c"], table);
  ["a", "b", "c"].forEach((name, index) => expectClose(wide.numbers(name), reference.robustWide[index]!));
});

it("leaves a column without values as it is", async () => {
  const { state } = await apply(await create("robust"), ["none"], table);
  expect(state).toEqual({ centers: Float64Array.of(0), scales: Float64Array.of(1) });
});

it("is not moved by one far value, and lets infinities stay infinite", async () => {
  const { numbers } = await apply(await create("robust"), ["x"], frame({ x: [1, 2, 3, 4, 1e12] }), frame({ x: [3, 5, null, Infinity] }));
  expect(numbers("x")).toEqual([0, 1, NaN, Infinity]);
});

it("refuses quantiles upside down, and text", async () => {
  expect(robustOptions.safeParse({ lower: 0.75, upper: 0.25 }).success).toBe(false);
  const transform = await create("robust");
  expect(() => transform.fields([field("city", "string")])).toThrow(/"city".*string/);
});
