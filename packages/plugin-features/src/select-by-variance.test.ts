import { expect, it } from "vitest";
import { describeTransform } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { apply, create, frame, reference, runtimes } from "../fixtures/apply.js";
import { selectByVariance } from "./select-by-variance.js";
import type { SelectionState } from "./selection.js";

describeTransform({
  name: "select-by-variance",
  fields: [field("a", "float64"), field("same", "float64"), field("k", "int32")],
  create: () => selectByVariance({ above: 0 }),
  runtimes,
  frame: (rows, random) => frame({ a: { dtype: "float64", values: Array.from({ length: rows }, () => random()) }, same: { dtype: "float64", values: Array.from({ length: rows }, () => 0.1) }, k: { dtype: "int32", values: Array.from({ length: rows }, () => Math.floor(random() * 9)) } }),
});

const columns = ["a", "b", "c", "d"];
const table = frame(Object.fromEntries(columns.map((name, index) => [name, reference.mixed[index]!])));

it("keeps what VarianceThreshold of scikit-learn keeps", async () => {
  const { fields } = await apply(await create("select-by-variance", { above: 1.2 }), columns, table);
  expect(fields.map(({ name }) => name)).toEqual(columns.filter((_, index) => reference.varianceAbove[index]));
});

it("leaves constants out, up to rounding, and what is always missing", async () => {
  const { fields, numbers, state } = await apply(await create("select-by-variance"), ["x", "same", "none"], frame({ x: [1, 2, 3], same: [0.1, 0.1, 0.1], none: { dtype: "float64", values: [null, null, null] } }));
  expect(fields.map(({ name }) => name)).toEqual(["x"]);
  expect(state).toMatchObject({ remarks: [{ about: "training", sentence: "`select-by-variance` left out 2 of 3 columns: `same` (variance 0), `none` (no value)." }] });
  expect(numbers("x")).toEqual([1, 2, 3]);
});

it("keeps the column that varies most where none passes", async () => {
  const { fields } = await apply(await create("select-by-variance", { above: 100 }), ["x", "y"], frame({ x: [1, 2], y: [1, 5] }));
  expect(fields.map(({ name }) => name)).toEqual(["y"]);
});

it("names ten of the columns that it left out, and nothing where all stay", async () => {
  const names = Array.from({ length: 13 }, (_, index) => `c${index}`);
  const table = frame(Object.fromEntries(names.map((name, index) => [name, [0, index === 0 ? 1 : 0.001234]])));
  const { state } = await apply(await create("select-by-variance", { above: 0.1 }), names, table);
  expect((state as SelectionState).remarks[0]!.sentence).toMatch(/^`select-by-variance` left out 12 of 13 columns: `c1` \(variance 3\.81e-7\), .*, `c10` \(variance 3\.81e-7\) and 2 more\.$/);
  expect((await apply(await create("select-by-variance"), names, table)).state).toMatchObject({ remarks: [] });
});
