import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { minMax } from "./min-max.js";
import { minMaxOptions } from "./min-max.options.js";

const [a, b, c] = reference.numbers;
const table = frame({ a: a!, b: b!, c: c! });

describeTransform({ name: "min-max", fields: [field("a", "float64"), field("b", "bool")], create: () => minMax({ lower: 0, upper: 1, clip: true }), runtimes });

it("equals MinMaxScaler of scikit-learn", async () => {
  const { numbers } = await apply(await create("min-max", { lower: -1, upper: 2 }), ["a", "b", "c"], table);
  ["a", "b", "c"].forEach((name, index) => expectClose(numbers(name), reference.minMax[index]!));
});

it("lets values outside of the training range pass, or holds them", async () => {
  const train = frame({ x: [0, 10, null] });
  const rows = frame({ x: [-5, 5, 20, Infinity, null] });
  expect((await apply(await create("min-max"), ["x"], train, rows)).numbers("x")).toEqual([-0.5, 0.5, 2, Infinity, NaN]);
  expect((await apply(await create("min-max", { clip: true }), ["x"], train, rows)).numbers("x")).toEqual([0, 0.5, 1, 1, NaN]);
});

it("refuses a range upside down", () => {
  expect(minMaxOptions.safeParse({ lower: 1, upper: 0 }).success).toBe(false);
});
