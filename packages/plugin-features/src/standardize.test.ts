import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, run, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { standardize } from "./standardize.js";

const [a, b, c, none] = reference.numbers;
const table = frame({ a: a!, b: b!, c: c!, none: none! });

describeTransform({
  name: "standardize",
  fields: [field("a", "float64"), field("k", "int32")],
  create: () => standardize({ missing: "mean" }),
  runtimes,
  tolerance: 1e-12,
  frame: (rows, random) => frame({ a: { dtype: "float64", values: Array.from({ length: rows }, () => (random() < 0.2 ? null : random() * 1e6)) }, k: { dtype: "int32", values: Array.from({ length: rows }, () => Math.floor(random() * 100)) } }),
});

it("equals StandardScaler of scikit-learn, missing kept", async () => {
  const { state, numbers } = await apply(await create("standardize", { missing: "keep" }), ["a", "b", "c"], table);
  expectClose(numbers("a"), reference.standardize[0]!);
  expectClose(numbers("b"), reference.standardize[1]!);
  expectClose(numbers("c"), reference.standardize[2]!);
  const { means, scales } = state as { means: Float64Array; scales: Float64Array };
  expectClose(means, reference.standardizeState.means, 1e-12);
  expectClose(scales, reference.standardizeState.scales, 1e-12);
});

it("puts missing values at the mean by default", async () => {
  const { numbers } = await apply(await create("standardize"), ["a"], table);
  expectClose(numbers("a"), reference.standardize[0]!.map((value) => value ?? 0));
});

it("gives a constant column scale 1, and one without values mean 0", async () => {
  const { state, numbers } = await apply(await create("standardize"), ["c", "none"], table);
  expect(state).toMatchObject({ scales: Float64Array.of(1, 1) });
  expect(new Set(numbers("none"))).toEqual(new Set([0]));
});

it("keeps infinities out of the mean and lets them stay infinite", async () => {
  const { numbers } = await apply(await create("standardize"), ["x"], frame({ x: [1, 3, Infinity, -Infinity] }));
  expect(numbers("x")).toEqual([-1, 1, Infinity, -Infinity]);
});

it("takes whole numbers and booleans as numbers", async () => {
  const { numbers } = await apply(await create("standardize"), ["k", "yes"], frame({ k: { dtype: "int64", values: [10, 20, null, 30] }, yes: [true, false, true, false] }));
  expectClose(numbers("k"), [-Math.sqrt(1.5), 0, 0, Math.sqrt(1.5)]);
  expect(numbers("yes")).toEqual([1, -1, 1, -1]);
});

it("refuses text and times, naming the column and what to use", async () => {
  const transform = await create("standardize");
  expect(() => transform.fields([field("city", "string")])).toThrow(/"city".*string/);
  expect(() => transform.fields([field("at", "timestamp")])).toThrow(expect.objectContaining({ code: "TRANSFORM_INPUT", mend: expect.stringContaining("date-parts") }));
});

it("refuses a category once its fields are known", async () => {
  const transform = await create("standardize");
  const code = field("city", "int32");
  expect(transform.fields([code])).toHaveLength(1);
  expect(() => transform.fit([{ ...code, categories: ["a"] }], null)).toThrow(/a category/);
});

it("lowers one column as it lowers many", async () => {
  const transform = await create("standardize");
  const many = await apply(transform, ["a", "b"], table);
  const { means, scales } = many.state as { means: Float64Array; scales: Float64Array };
  const one = await run(transform, { means: means.slice(1), scales: scales.slice(1) }, [field("b", "float64")], table);
  expect(one.numbers("b")).toEqual(many.numbers("b"));
});
