import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { optionMistakes } from "../fixtures/option-mistakes.js";
import { bucketize } from "./bucketize.js";
import { bucketizeOptions } from "./bucketize.options.js";

const [a, b, c] = reference.skewed;
const table = frame({ a: a!, b: b!, c: c! });
const fields = [field("a", "float64"), field("k", "int32"), field("f", "float32")];

describeTransform({ name: "bucketize by quantiles", fields, create: () => bucketize({ strategy: "quantile", buckets: 7, edges: null }), runtimes });
describeTransform({ name: "bucketize by width", fields, create: () => bucketize({ strategy: "width", buckets: 5, edges: null }), runtimes });
describeTransform({ name: "bucketize by edges", fields, create: () => bucketize({ strategy: "edges", buckets: 10, edges: [-1, 0, 0.1, 50] }), runtimes });

it("equals KBinsDiscretizer of scikit-learn", async () => {
  const width = await apply(await create("bucketize", { strategy: "width", buckets: 5 }), ["a", "b", "c"], table);
  const quantile = await apply(await create("bucketize", { buckets: 6 }), ["a", "b", "c"], table);
  ["a", "b", "c"].forEach((name, index) => {
    expect(width.numbers(name)).toEqual(reference.widthBins[index]);
    expect(quantile.numbers(name)).toEqual(reference.quantileBins[index]);
  });
});

it("names intervals that are closed below, and knows them before it is fitted", async () => {
  const transform = await create("bucketize", { strategy: "edges", edges: [0, 1.5] });
  expect(transform.fields([field("x", "float64")])[0]!.categories).toEqual(["< 0", "[0, 1.5)", ">= 1.5"]);
  const { names } = await apply(transform, ["x"], frame({ x: [-1, -0, 0, 1.5, 1.4999999999999998, null, Infinity, -Infinity] }));
  expect(names("x")).toEqual(["< 0", "[0, 1.5)", "[0, 1.5)", ">= 1.5", "[0, 1.5)", null, ">= 1.5", "< 0"]);
});

it("makes fewer buckets where quantiles are equal, and one of a constant or of nothing", async () => {
  const train = frame({ x: [0, 0, 0, 0, 1], same: [3, 3, 3, 3, 3], none: { dtype: "float64", values: [null, null, null, null, null] } });
  const { fields: found, names } = await apply(await create("bucketize", { buckets: 4 }), ["x", "same", "none"], train);
  expect(found.map(({ categories }) => categories)).toEqual([["all"], ["all"], ["all"]]);
  expect(names("none")).toEqual([null, null, null, null, null]);
});

it("takes as many edges as it allows", async () => {
  const edges = Array.from({ length: 999 }, (_, index) => index);
  const { numbers } = await apply(await create("bucketize", { strategy: "edges", edges }), ["x"], frame({ x: [-0.5, 0, 499.5, 998, 5000] }));
  expect(numbers("x")).toEqual([0, 1, 500, 999, 999]);
});

it("refuses edges that do not ascend, or are not asked for, and text", async () => {
  expect(optionMistakes(bucketizeOptions, { strategy: "edges", edges: [0, 2, 2] })).toEqual(["edges.2: must be above the edge before it, which is 2"]);
  expect(optionMistakes(bucketizeOptions, { edges: [1] })).toEqual(['edges: goes with strategy "edges" only']);
  expect(optionMistakes(bucketizeOptions, { strategy: "edges" })).toEqual(['edges: is needed where strategy is "edges"']);
  expect(() => bucketize({ strategy: "width", buckets: 3, edges: null }).fields([field("t", "string")])).toThrow(/"t"/);
});
