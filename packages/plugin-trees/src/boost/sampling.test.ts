import { seeded } from "@millrace/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawByGradient, drawColumns, drawRows, type Sampling } from "./sampling.js";

const ROWS = 50_000;
const all: Sampling = { rowShare: 1, columnShare: 1, goss: null, seed: 5 };
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

describe("rows that are drawn evenly", () => {
  const draw = (rowShare: number, round: number, seed = 5) => {
    const bag = new Uint8Array(ROWS);
    drawRows({ ...all, rowShare, seed }, round, bag);
    return bag;
  };

  it("are so many as was asked for, others in each round and by each seed, the same by the same", () => {
    expect(sum(draw(0.3, 0)) / ROWS).toBeCloseTo(0.3, 2);
    expect(Buffer.compare(draw(0.3, 0), draw(0.3, 0))).toBe(0);
    // Independent of each other: 9 % are in both.
    const both = (one: Uint8Array, other: Uint8Array) => sum(one.map((isIn, row) => isIn & other[row]!)) / ROWS;
    expect(both(draw(0.3, 0), draw(0.3, 1))).toBeCloseTo(0.09, 2);
    expect(both(draw(0.3, 0), draw(0.3, 0, 6))).toBeCloseTo(0.09, 2);
  });
});

describe("columns that are drawn", () => {
  it("are the share, rounded up, and one at least; over many trees each as often", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0.01, max: 1, noNaN: true }), fc.nat(1000), (columns, columnShare, tree) => {
      expect(sum(drawColumns({ ...all, columnShare }, columns, tree))).toBe(Math.max(1, Math.ceil(columnShare * columns)));
    }));
    const counts = new Float64Array(10);
    for (let tree = 0; tree < 5_000; tree++) drawColumns({ ...all, columnShare: 0.3 }, 10, tree).forEach((isIn, column) => (counts[column]! += isIn));
    for (const count of counts) expect(count / 5_000).toBeCloseTo(0.3, 1);
  });
});

describe("rows by gradient", () => {
  const random = seeded("goss");
  const goss = { topShare: 0.2, otherShare: 0.1 };
  const draw = (sizes: Float32Array) => {
    const [bag, factors] = [new Uint8Array(ROWS), new Float32Array(ROWS)];
    drawByGradient({ ...all, goss }, 3, sizes, bag, factors);
    return { bag, factors };
  };

  it("are all of the greatest, and a share of the others whose gradients weigh as much more as were left out", () => {
    const sizes = Float32Array.from({ length: ROWS }, () => random() ** 3);
    const { bag, factors } = draw(sizes);
    // Sizes are told apart by a sixteenth.
    const border = sizes.toSorted().reverse()[goss.topShare * ROWS]!;
    const rows = Array.from(sizes.keys());
    expect(rows.filter((row) => sizes[row]! > 1.07 * border && (bag[row] !== 1 || factors[row] !== 1))).toEqual([]);
    expect(rows.filter((row) => sizes[row]! < border / 1.07 && Math.abs(factors[row]! - 8) > 1e-5)).toEqual([]);
    expect(sum(bag) / ROWS).toBeCloseTo(0.3, 2);
    // Sums over the bag stand for sums over all.
    expect(sum(bag.map((isIn, row) => isIn * factors[row]!)) / ROWS).toBeCloseTo(1, 1);
    const total = sizes.reduce((gradients, size, row) => gradients + bag[row]! * factors[row]! * size, 0);
    expect(total / sum(sizes)).toBeCloseTo(1, 1);
  });

  it("are drawn among equals, too", () => {
    const { bag, factors } = draw(new Float32Array(ROWS).fill(0.5));
    expect(sum(bag) / ROWS).toBeCloseTo(0.3, 1);
    expect(factors.filter((factor, row) => bag[row] === 1 && factor === 1).length / ROWS).toBeCloseTo(0.2, 2);
  });
});
