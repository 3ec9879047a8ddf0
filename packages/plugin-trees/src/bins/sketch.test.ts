import { createFrame, field } from "@millrace/core";
import { describeFold } from "@millrace/core/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTeam } from "../kernels/team.js";
import { treeColumns } from "./columns.js";
import { cutsOf, floorFloat32 } from "./cuts.js";
import { sketch } from "./sketch.js";
import { type Summary, SUMMARY_VALUES } from "./summary.js";

const features = [field("x", "float32"), field("c", "int32", { nullable: false, categories: ["a", "b"] })];
const columns = treeColumns(features);
const team = await createTeam({ threads: 1, bytes: 64e6 });

const frameOf = (x: Float32Array, weights: Float64Array | null = null) =>
  createFrame([...features, ...(weights === null ? [] : [field("$weight", "float64")])], [{ dtype: "float32", values: x }, { dtype: "int32", values: new Int32Array(x.length), validity: null }, ...(weights === null ? [] : [{ dtype: "float64" as const, values: weights }])], x.length);

function summaryOf(...frames: readonly ReturnType<typeof frameOf>[]): Summary {
  const fold = sketch(columns, team);
  const [found] = fold.finish(frames.reduce((partial, frame) => fold.add(partial, frame), fold.start()));
  return (found as { readonly summary: Summary }).summary;
}

describeFold({ name: "the sketch of columns", create: () => sketch(columns, team), fields: features });

describe("the sketch", () => {
  it("holds each distinct value with its weight, in order, -0 as 0, infinities too, missing ones not", () => {
    const found = summaryOf(frameOf(Float32Array.of(3, -0, Number.NaN, 0, -Infinity, 3, 3, 1e-45, -1e-45, Infinity)));
    expect([...found.values]).toEqual([-Infinity, ...Float32Array.of(-1e-45), 0, ...Float32Array.of(1e-45), 3, Infinity]);
    expect([...found.weights]).toEqual([1, 1, 2, 1, 3, 1]);
  });

  it("counts weights, and leaves rows of weight 0 out", () => {
    const found = summaryOf(frameOf(Float32Array.of(2, 1, 2, 9), Float64Array.of(0.5, 2, 1, 0)));
    expect([[...found.values], [...found.weights]]).toEqual([[1, 2], [2, 1.5]]);
  });

  it("gives ranks within its bound where there are many distinct values", () => {
    const rows = 400_000;
    const x = Float32Array.from({ length: rows }, (_, row) => Math.fround(((row * 7919) % rows) / 3));
    const found = summaryOf(frameOf(x.subarray(0, 150_000)), frameOf(x.subarray(150_000)));
    const sorted = x.toSorted();
    expect(found.values.length).toBeLessThanOrEqual(4 * SUMMARY_VALUES);
    expect(found.weights.reduce((sum, weight) => sum + weight, 0)).toBe(rows);
    let [below, rank] = [0, 0];
    let worst = 0;
    found.values.forEach((value, index) => {
      const [low, high] = [below, (below += found.weights[index]!)];
      while (sorted[rank]! < value) rank++;
      worst = Math.max(worst, low - rank, rank - high);
    });
    expect(worst / rows).toBeLessThan(6 / SUMMARY_VALUES);
  });
});

describe("cuts", () => {
  it("lie strictly between values that were there, so many at most, and part the weight evenly", () => {
    const value = fc.oneof(fc.float({ noNaN: true }), fc.integer({ min: -3, max: 3 }).map(Math.fround));
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(value, fc.integer({ min: 1, max: 50 })), { minLength: 1, maxLength: 60, selector: ([x]) => x + 0 }), fc.integer({ min: 2, max: 20 }), (pairs, bins) => {
        const ordered = pairs.map(([x, weight]) => [x + 0, weight] as const).sort((a, b) => a[0] - b[0]);
        const cuts = cutsOf({ values: Float32Array.from(ordered, ([x]) => x), weights: Float64Array.from(ordered, ([, weight]) => weight) }, bins);
        expect(cuts.length).toBeLessThanOrEqual(bins - 1);
        if (ordered.length <= bins) expect(cuts.length).toBe(ordered.length - 1);
        cuts.forEach((cut, index) => {
          expect(Number.isFinite(cut) && (index === 0 || cut > cuts[index - 1]!)).toBe(true);
          expect(ordered.some(([x]) => x < cut) && ordered.some(([x]) => x > cut)).toBe(true);
          expect(floorFloat32(cut) <= cut).toBe(true);
        });
        // No bin of several values weighs much more than its share.
        const total = ordered.reduce((sum, [, weight]) => sum + weight, 0);
        const heaviest = Math.max(...ordered.map(([, weight]) => weight));
        [...cuts, Infinity].forEach((cut, index) => {
          const inside = ordered.filter(([x]) => x <= cut && x > (cuts[index - 1] ?? -Infinity));
          if (inside.length > 1) expect(inside.reduce((sum, [, weight]) => sum + weight, 0)).toBeLessThanOrEqual((2 * total) / bins + heaviest);
        });
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it.each([-1.5, 0, 1e-46, 3.5e38, -3.5e38, 0.1, -0.1])("floorFloat32(%d) is the greatest float32 that is not above", (threshold) => {
    const floor = floorFloat32(threshold);
    expect(Math.fround(floor)).toBe(floor);
    expect(floor <= threshold && (Math.fround(threshold) <= threshold ? floor === Math.fround(threshold) : true)).toBe(true);
  });
});
