import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { pca, type PcaState } from "./pca.js";

const columns = ["a", "b", "c", "d"];
const fields = columns.map((name) => field(name, "float64"));
const table = frame(Object.fromEntries(columns.map((name, index) => [name, reference.mixed[index]!])));

describeTransform({
  name: "pca",
  fields,
  create: () => pca({ components: null, variance: null, whiten: true, prefix: "pca" }),
  runtimes,
  tolerance: 1e-6,
  // Spreads far apart, so that no two components may change places.
  frame: (rows, random) => frame(Object.fromEntries(columns.map((name, index) => [name, { dtype: "float64" as const, values: Array.from({ length: rows }, () => (random() < 0.05 ? null : 10 ** index * (random() - 0.5))) }]))),
});

it("equals PCA of scikit-learn, its components turned as its newer versions turn them", async () => {
  const { state, numbers } = await apply(await create("pca"), columns, table);
  expectClose((state as PcaState).shares, reference.pca.ratios, 1e-10);
  columns.forEach((_, index) => expectClose(numbers(`pca_${index + 1}`), reference.pca.values[index]!));
  const whitened = await apply(await create("pca", { components: 2, whiten: true, prefix: "p" }), columns, table);
  [0, 1].forEach((index) => expectClose(whitened.numbers(`p_${index + 1}`), reference.whitened[index]!));
});

it("keeps as many components as explain a share of the variance", async () => {
  const enough = reference.pca.ratios[0]! + reference.pca.ratios[1]!;
  const { fields: found } = await apply(await create("pca", { variance: enough - 1e-6 }), columns, table);
  expect(found.map(({ name }) => name)).toEqual(["pca_1", "pca_2"]);
});

it("puts missing values at the mean", async () => {
  const { numbers } = await apply(await create("pca"), ["a", "b"], frame({ a: [1, 2, 3], b: [1, 2, 3] }), frame({ a: [2, null], b: [2, 2] }));
  expectClose(numbers("pca_1"), [0, 0]);
});

it("refuses too many columns, and categories", async () => {
  const transform = await create("pca");
  expect(() => transform.fields(Array.from({ length: 257 }, (_, index) => field(`c${index}`, "float64")))).toThrow(expect.objectContaining({ code: "TRANSFORM_WIDTH" }));
  expect(() => transform.fit([{ ...field("c", "int32"), categories: ["x"] }], null)).toThrow(/a category/);
});
