import { expect, it } from "vitest";
import type { ScoreCurve } from "@millrace/core";
import { isotonic } from "./isotonic.js";

const curve = (rows: readonly (readonly [score: number, positive: number, negative: number])[]): ScoreCurve => ({
  scores: Float32Array.from(rows, ([score]) => score),
  positive: Float64Array.from(rows, ([, positive]) => positive),
  negative: Float64Array.from(rows, ([, , negative]) => negative),
  squares: null,
});

it("pools what falls, and keeps both ends of a step", () => {
  const { x, y } = isotonic(curve([[0.125, 0, 1], [0.25, 0, 1], [0.375, 1, 0], [0.5, 0, 1], [0.625, 0, 2], [0.75, 1, 0], [0.875, 1, 1]]));
  expect([...x]).toEqual([0.125, 0.25, 0.375, 0.625, 0.75, 0.875]);
  expect([...y]).toEqual([0, 0, 0.25, 0.25, 2 / 3, 2 / 3]);
});

it("weighs", () => {
  expect([...isotonic(curve([[0.25, 3, 1], [0.5, 0, 4]])).y]).toEqual([3 / 8, 3 / 8]);
});

it("of one score is that score's share", () => {
  expect(isotonic(curve([[0.5, 1, 3]]))).toEqual({ x: Float64Array.of(0.5), y: Float64Array.of(0.25) });
});
