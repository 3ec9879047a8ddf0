import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { maxAbs } from "./max-abs.js";

const [a, b, c, none] = reference.numbers;

describeTransform({ name: "max-abs", fields: [field("a", "float64"), field("b", "bool"), field("k", "int64")], create: maxAbs, runtimes });

it("equals MaxAbsScaler of scikit-learn", async () => {
  const { numbers } = await apply(await create("max-abs"), ["a", "b", "c"], frame({ a: a!, b: b!, c: c! }));
  ["a", "b", "c"].forEach((name, index) => expectClose(numbers(name), reference.maxAbs[index]!));
});

it("divides by the greatest absolute value, below 0 too, and leaves columns of zeros or nothing as they are", async () => {
  const { numbers } = await apply(await create("max-abs"), ["x", "zero", "none"], frame({ x: [-4, 2, null, -Infinity], zero: [0, 0, 0, 0], none: { dtype: "float64", values: none!.slice(0, 4) } }));
  expect(numbers("x")).toEqual([-1, 0.5, NaN, -Infinity]);
  expect(numbers("zero")).toEqual([0, 0, 0, 0]);
  expect(numbers("none")).toEqual([NaN, NaN, NaN, NaN]);
});

it("refuses times", async () => {
  const transform = await create("max-abs");
  expect(() => transform.fields([field("at", "timestamp")])).toThrow(/"at".*timestamp/);
});
