import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { category } from "./category.js";

describeTransform({
  name: "category",
  fields: [field("t", "string"), field("k", "int32"), field("i", "int64"), field("yes", "bool")],
  create: () => category({ minCount: 1, maxCategories: null, other: null }),
  runtimes,
});

it("equals OrdinalEncoder of scikit-learn", async () => {
  const { fields, numbers } = await apply(await create("category"), ["city"], frame({ city: reference.city }));
  expect(fields[0]!.categories).toEqual(reference.ordinalCategories);
  expect(numbers("city")).toEqual(reference.ordinal.map((code) => code ?? reference.ordinalCategories.length));
});

it("sorts texts by code points and tells missing from unseen", async () => {
  const train = frame({ t: ["\u{1F600}", "～", "\uFEFFa", "a", "B", null] });
  const { fields, numbers } = await apply(await create("category"), ["t"], train, frame({ t: ["B", "a", "\uFEFFa", "～", "\u{1F600}", null, "new", "\uFEFFB"] }));
  expect(fields[0]!.categories).toEqual(["B", "a", "\uFEFFa", "～", "\u{1F600}"]);
  expect(numbers("t")).toEqual([0, 1, 2, 3, 4, 5, 6, 6]);
});

it("makes categories of whole numbers, by value, and of booleans", async () => {
  const train = frame({ k: { dtype: "int64", values: [10, -2, 9, null, 1_000_000_000_000] }, yes: [true, null, false, true, true] });
  const { fields, names, numbers } = await apply(await create("category"), ["k", "yes"], train);
  expect(fields.map(({ categories }) => categories)).toEqual([["-2", "9", "10", "1000000000000"], ["false", "true"]]);
  expect(names("k")).toEqual(["10", "-2", "9", null, "1000000000000"]);
  expect(numbers("yes")).toEqual([1, 2, 0, 1, 1]);
});

it("counts as unseen what training did not see, numbers and booleans too", async () => {
  const train = frame({ k: { dtype: "int32", values: [1, 2] }, yes: [true, true] });
  const { numbers } = await apply(await create("category"), ["k", "yes"], train, frame({ k: { dtype: "int32", values: [3, null] }, yes: [false, null] }));
  expect(numbers("k")).toEqual([3, 2]);
  expect(numbers("yes")).toEqual([2, 1]);
});

it("keeps the frequent ones only", async () => {
  const train = frame({ t: ["a", "b", "b", "c", "c", "d", "d", "d"] });
  expect((await apply(await create("category", { minCount: 2 }), ["t"], train)).fields[0]!.categories).toEqual(["b", "c", "d"]);
  expect((await apply(await create("category", { maxCategories: 2 }), ["t"], train)).fields[0]!.categories).toEqual(["b", "d"]);
});

it("stands a column without values", async () => {
  const train = frame({ t: { dtype: "string", values: [null] }, k: { dtype: "int32", values: [null] } });
  const { numbers } = await apply(await create("category"), ["t", "k"], train, frame({ t: ["a", null], k: { dtype: "int32", values: [0, null] } }));
  expect(numbers("t")).toEqual([1, 0]);
  expect(numbers("k")).toEqual([1, 0]);
});

it("refuses fractions and times", async () => {
  const transform = await create("category");
  expect(() => transform.fields([field("price", "float64")])).toThrow(/"price".*float64/);
  expect(() => transform.fields([field("at", "timestamp")])).toThrow(/"at"/);
});

it("groups what is left out, and then what is unseen, in a category of its own", async () => {
  const train = frame({ t: ["a", "a", "b", "b", "c", null], k: { dtype: "int32", values: [1, 1, 2, 3, 1, null] } });
  const rows = frame({ t: ["b", "c", "new", null], k: { dtype: "int32", values: [1, 3, 9, null] } });
  const { fields, names } = await apply(await create("category", { minCount: 2, other: "(other)" }), ["t", "k"], train, rows);
  expect(fields.map(({ categories }) => categories)).toEqual([["a", "b", "(other)"], ["1", "(other)"]]);
  expect(names("t")).toEqual(["b", "(other)", "(other)", null]);
  expect(names("k")).toEqual(["1", "(other)", "(other)", null]);
});

it("has no such category where nothing was left out, and shares one that has its name", async () => {
  const { names } = await apply(await create("category", { other: "rest" }), ["t"], frame({ t: ["a", "b"] }), frame({ t: ["a", "new"] }));
  expect(names("t")).toEqual(["a", undefined]);
  const shared = await apply(await create("category", { minCount: 2, other: "a" }), ["t"], frame({ t: ["a", "a", "b"] }));
  expect(shared.fields[0]!.categories).toEqual(["a"]);
  expect(shared.names("t")).toEqual(["a", "a", "a"]);
});

it("promises a category that no whole number passes for", async () => {
  const [promised] = (await create("category")).fields([field("t", "string")]);
  await expect(create("standardize").then((transform) => transform.fields([promised!]))).rejects.toThrow(/a category/);
  expect((await create("impute")).fields([promised!])[0]!.dtype).toBe("int32");
});
