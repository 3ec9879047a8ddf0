import { expect, it } from "vitest";
import { describeFold } from "@millrace/core/testkit";
import { field } from "@millrace/core";
import { frame, learn, reference } from "../fixtures/apply.js";
import { expectClose } from "../fixtures/expect-close.js";
import { coMoments, correlationOf, covariancesOf } from "./co-moments.js";

const fields = [field("a", "float64"), field("b", "float64"), field("c", "float64")];

describeFold({
  name: "co-moments",
  fields,
  create: () => coMoments(["a", "b", "c"]),
  tolerance: 1e-9,
  frame: (rows, random) => frame(Object.fromEntries(["a", "b", "c"].map((name) => [name, { dtype: "float64" as const, values: Array.from({ length: rows }, () => (random() < 0.1 ? null : 100 + 9 * random())) }]))),
});

it("gives numpy's correlations, and pandas' of the rows that have both", () => {
  const columns = reference.mixed.map((values, index) => [`c${index}`, values] as const);
  const all = learn(coMoments(columns.map(([name]) => name)), frame(Object.fromEntries(columns)));
  reference.correlations.forEach((row, i) => expectClose(row.map((_, j) => correlationOf(all, i, j)), row, 1e-12));
  const [a, b] = reference.numbers;
  const gaps = learn(coMoments(["a", "b"]), frame({ a: a!, b: b! }));
  expect(correlationOf(gaps, 0, 1)).toBeCloseTo(reference.pairwise[0]![1]!, 12);
});

it("counts a missing value as its column's mean in covariances, and infinities as missing", () => {
  const [filled, gaps] = [[1, 3, 2, 2], [1, 3, null, Infinity]].map((a) => covariancesOf(learn(coMoments(["a", "b"]), frame({ a, b: [2, 4, 9, 1] }))));
  expectClose(gaps!.covariances, [...filled!.covariances], 1e-12);
  expectClose(gaps!.means, [2, 4]);
});

it("has no correlation with a constant", () => {
  expect(correlationOf(learn(coMoments(["a", "b"]), frame({ a: [1, 2], b: [5, 5] })), 0, 1)).toBe(0);
});
