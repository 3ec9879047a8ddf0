import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { optionMistakes } from "../fixtures/option-mistakes.js";
import { impute } from "./impute.js";
import { imputeOptions } from "./impute.options.js";

const [a, b] = reference.numbers;
const table = frame({ a: a!, city: reference.city, b: b! });

describeTransform({
  name: "impute",
  fields: [field("a", "float32"), field("city", "string"), { ...field("code", "int32"), categories: ["x", "y"] }],
  create: () => impute({ strategy: null, value: null }),
  runtimes,
  tolerance: 1e-12,
  frame: (rows, random) => {
    const values = <T>(draw: () => T) => Array.from({ length: rows }, draw);
    return frame({ a: { dtype: "float32", values: values(() => (random() < 0.2 ? null : Math.fround(random()))) }, city: { dtype: "string", values: values(() => [null, "a", "b"][Math.floor(random() * 3)]!) }, code: { dtype: "int32", values: values(() => Math.floor(random() * 4)) } });
  },
});

it("equals SimpleImputer of scikit-learn: the mean, and the most frequent text", async () => {
  const { numbers, names } = await apply(await create("impute"), ["a", "city", "b"], table);
  expectClose(numbers("a"), reference.imputeMean[0]!);
  expectClose(numbers("b"), reference.imputeMean[1]!);
  expect(names("city")).toEqual(reference.imputeFrequent);
});

it("takes constants, a text that was never seen among them", async () => {
  const numeric = await apply(await create("impute", { strategy: "constant", value: -1 }), ["x"], frame({ x: [1, null, 3] }));
  expect(numeric.numbers("x")).toEqual([1, -1, 3]);
  const text = await apply(await create("impute", { strategy: "constant", value: "none" }), ["x"], frame({ x: ["b", null, "a"] }), frame({ x: ["a", null, "c"] }));
  expect(text.fields[0]!.categories).toEqual(["a", "b", "none"]);
  expect(text.names("x")).toEqual(["a", "none", undefined]);
});

it("keeps a category's categories", async () => {
  const codes = { ...field("c", "int32"), categories: ["x", "y"] };
  const transform = await create("impute");
  const fold = transform.fit([codes], null);
  const state = fold.finish(fold.add(fold.start(), frame({ c: { dtype: "int32", values: [1, 1, 0, 2, 3] } })));
  expect(state).toEqual({ columns: [{ categories: ["x", "y"], replacement: "y" }] });
});

it("leaves what was never seen missing", async () => {
  const { numbers, names } = await apply(await create("impute"), ["x", "t"], frame({ x: { dtype: "float64", values: [null, null] }, t: { dtype: "string", values: [null, null] } }));
  expect(numbers("x")).toEqual([0, 0]);
  expect(names("t")).toEqual([null, null]);
});

it("refuses a mean of text, and a constant without a value", async () => {
  const transform = await create("impute", { strategy: "mean" });
  expect(() => transform.fields([field("city", "string")])).toThrow(/"city"/);
  expect(optionMistakes(imputeOptions, { strategy: "constant" })).toEqual(['value: is needed where strategy is "constant"']);
  expect(optionMistakes(imputeOptions, { value: 3 })).toEqual(['value: goes with strategy "constant" only']);
});
