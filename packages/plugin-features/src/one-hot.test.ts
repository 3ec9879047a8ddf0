import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, run, runtimes } from "../fixtures/apply.js";
import { oneHot } from "./one-hot.js";

const fields = [field("t", "string"), field("yes", "bool"), { ...field("code", "int32"), categories: ["x", "y"] }];
const limits = { minCount: 1, maxCategories: null, other: null };

describeTransform({ name: "one-hot", fields, create: () => oneHot({ ...limits, dense: false }), runtimes });
describeTransform({ name: "one-hot, dense", fields, create: () => oneHot({ ...limits, dense: true }), runtimes });

it("equals OneHotEncoder of scikit-learn where a vector is asked for", async () => {
  const { fields: found, numbers } = await apply(await create("one-hot", { dense: true }), ["city"], frame({ city: reference.city }));
  expect(found[0]).toMatchObject({ dtype: "float32", shape: [reference.ordinalCategories.length], categories: null });
  expect(numbers("city")).toEqual(reference.oneHot);
});

it("gives codes otherwise, as `category` does", async () => {
  const { fields: found, numbers } = await apply(await create("one-hot"), ["city"], frame({ city: reference.city }));
  expect(found[0]).toMatchObject({ dtype: "int32", shape: [], categories: reference.ordinalCategories });
  expect(numbers("city")).toEqual(reference.ordinal.map((code) => code ?? reference.ordinalCategories.length));
});

it("gives zeros for what is missing or unseen, and a 1 for the rest where it has a category", async () => {
  const train = frame({ t: ["a", "a", "b", "b", "c"] });
  const rows = frame({ t: ["b", null, "new"] });
  expect((await apply(await create("one-hot", { dense: true }), ["t"], train, rows)).numbers("t")).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0]);
  expect((await apply(await create("one-hot", { dense: true, minCount: 2, other: "rest" }), ["t"], train, rows)).numbers("t")).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 1]);
});

it("takes a category as it is", async () => {
  const code = { ...field("c", "int32"), categories: ["x", "y"] };
  const transform = await create("one-hot", { dense: true });
  const { numbers } = await run(transform, { columns: [] }, [code], frame({ c: { dtype: "int32", values: [0, 1, 2, 3] } }));
  expect(numbers("c")).toEqual([1, 0, 0, 1, 0, 0, 0, 0]);
});

it("refuses a vector wider than its limit", async () => {
  const train = frame({ t: Array.from({ length: 4_097 }, (_, index) => `v${index}`) });
  await expect(apply(await create("one-hot", { dense: true }), ["t"], train)).rejects.toMatchObject({ code: "TRANSFORM_WIDTH", mend: expect.stringContaining("maxCategories") });
});
