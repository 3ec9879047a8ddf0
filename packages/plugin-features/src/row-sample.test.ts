import { expect, it } from "vitest";
import { describeFold } from "@millrace/core/testkit";
import { field, slice } from "@millrace/core";
import { frame } from "../fixtures/apply.js";
import { rowSample } from "./row-sample.js";

describeFold({ name: "row-sample", fields: [field("x", "float64"), field("t", "string")], create: () => rowSample(["x", "t"]) });

it("keeps every row up to its capacity, and then evenly spaced ones, half of it at least", () => {
  const rows = frame({ x: Array.from({ length: 1000 }, (_, index) => index) });
  const fold = rowSample(["x"], 100);
  const sample = (cuts: readonly number[]) => fold.finish(cuts.reduce((partial, cut, index) => fold.add(partial, slice(rows, cut, cuts[index + 1] ?? 1000)), fold.start())).columns[0]!;
  for (const cuts of [[0], [0, 7, 300, 301], [0, 999]]) {
    const found = sample(cuts);
    expect(found.length).toBeGreaterThanOrEqual(50);
    expect(found.length).toBeLessThanOrEqual(100);
    expect(found).toEqual(Float64Array.from({ length: 63 }, (_, index) => 16 * index));
  }
  const halves = [slice(rows, 0, 700), slice(rows, 700, 1000)].map((part) => fold.add(fold.start(), part));
  const merged = fold.finish(fold.merge(halves[0]!, halves[1]!)).columns[0]!;
  expect(merged.length).toBeGreaterThanOrEqual(50);
  expect([...merged]).toEqual([...new Set(merged)].sort((a, b) => a - b));
});

it("gives texts numbers that tell them apart, and missing NaN", () => {
  const fold = rowSample(["t"]);
  const many = Array.from({ length: 20_000 }, (_, index) => `name ${index}`);
  const [found] = fold.finish(fold.add(fold.start(), frame({ t: [...many, "name 0", null] }))).columns;
  expect(new Set(found!.slice(0, 20_000)).size).toBe(20_000);
  expect(found![20_000]).toBe(found![0]);
  expect(found![20_001]).toBeNaN();
});
