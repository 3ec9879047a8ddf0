import { array, assert, constantFrom, integer, nat, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import type { Frame } from "../contracts/frame.js";
import { createFrame, field } from "../frame/frame.js";
import { seeded } from "../frame/random.js";
import { slice } from "../frame/take.js";
import { describeFold } from "../testkit/describe-fold.js";
import { distribution, quantilesOf, rankError } from "./distribution.js";

const SHARES = Array.from({ length: 41 }, (_, index) => index / 40);

const frameOf = (values: ArrayLike<number>): Frame => createFrame([field("x", "float64")], [{ dtype: "float64", values: Float64Array.from(values) }], values.length);

describeFold({ name: "distribution, exact", fields: [field("x", "float64")], create: () => distribution("x") });
describeFold({ name: "distribution of whole numbers", fields: [field("x", "int64")], create: () => distribution("x") });

// Whatever is halved, what is counted stays, and so do the ends of a quantile function of few values.
describeFold({
  name: "distribution beyond its capacity, of two values",
  fields: [field("x", "float64")],
  create() {
    const fold = distribution("x", 4);
    return { ...fold, finish: (partial) => (({ count, missing, infinite }) => ({ count, missing, infinite }))(fold.finish(partial)) };
  },
});

describe("quantiles of a distribution", () => {
  const of = (values: readonly number[], shares: readonly number[]) => {
    const fold = distribution("x");
    return quantilesOf(fold.finish(fold.add(fold.start(), frameOf(values))), shares);
  };

  it("equal numpy's, linear between order statistics", () => {
    expect(of([3, 1, NaN, 2, 10, Infinity], [0, 0.25, 0.5, 0.75, 1])).toEqual([1, 1.75, 2.5, 4.75, 10]);
    expect(of([7], [0, 0.5, 1])).toEqual([7, 7, 7]);
    expect(of([NaN], [0.5])).toEqual([NaN]);
  });

  it("have ranks within the stated bound, for any partition and any order of values", () => {
    const shape = record({ rows: integer({ min: 1, max: 3000 }), seed: integer(), capacity: constantFrom(8, 32, 100), order: constantFrom("random", "ascending", "descending", "repeated"), cuts: array(nat({ max: 3000 }), { maxLength: 6 }) });
    assert(
      property(shape, ({ rows, seed, capacity, order, cuts }) => {
        const random = seeded(seed);
        const values = Float64Array.from({ length: rows }, () => (order === "repeated" ? Math.floor(random() * 7) : random()));
        if (order === "ascending") values.sort();
        if (order === "descending") values.sort().reverse();
        const whole = frameOf(values);
        const ends = [...new Set([0, rows, ...cuts.map((cut) => Math.min(cut, rows))])].sort((a, b) => a - b);
        const fold = distribution("x", capacity);
        const parts = ends.slice(1).map((end, index) => fold.add(fold.start(), slice(whole, ends[index]!, end)));
        const found = fold.finish(parts.reduce((left, right) => fold.merge(left, right), fold.start()));
        expect(found.weights.reduce((sum, weight) => sum + weight, 0)).toBe(rows);
        values.sort();
        const allowed = rankError(rows, capacity) * rows + 1;
        quantilesOf(found, SHARES).forEach((value, index) => {
          const rank = SHARES[index]! * (rows - 1);
          const below = values.filter((each) => each < value).length;
          const upTo = values.filter((each) => each <= value).length;
          expect(rank).toBeGreaterThanOrEqual(below - 1 - allowed);
          expect(rank).toBeLessThanOrEqual(upTo + allowed);
        });
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it("is exact up to its capacity", () => {
    expect(rankError(100, 100)).toBe(0);
    expect(rankError(3_000_000)).toBeLessThan(1e-4);
  });
});
