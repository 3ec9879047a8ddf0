import { createFrame, field, seeded, slice, type Frame, type MetricResult, type Problem, type ScoreCurve } from "@millrace/core";
import { describeFold } from "@millrace/core/testkit";
import { describe, expect, it } from "vitest";
import { averagePrecision, precisionPoints } from "./average-precision.js";
import { BINARY_RULES, curveFold } from "./curve-fold.js";
import { rocArea, rocPoints } from "./roc.js";

const BINARY: Problem = { kind: "binary", classes: ["no", "yes"], positive: "yes" };

/** A fold whose result is the curve itself. */
const curves = (most?: number) => curveFold(BINARY, BINARY_RULES, ([curve], isBinned) => ({ value: null, standardError: null, plot: { ...arraysOf(curve!), isBinned } }), most);

describeFold({ name: "an exact curve", fields: [], create: () => curves(), frame: scored });
describeFold({ name: "a curve that overflows into bins", fields: [], create: () => curves(7), frame: scored });

describe("areas", () => {
  it("ROC-AUC is the share of pairs in the right order, ties half, at any scores and weights", () => {
    for (const seed of [1, 2, 3, 4]) {
      const frame = scored(80, seeded(seed));
      const [y, p, w] = columnsOf(frame);
      let [pairs, right] = [0, 0];
      for (let i = 0; i < 80; i++)
        for (let j = 0; j < 80; j++) {
          if (y[i] !== 1 || y[j] !== 0) continue;
          pairs += w[i]! * w[j]!;
          right += w[i]! * w[j]! * (p[i]! > p[j]! ? 1 : p[i] === p[j] ? 0.5 : 0);
        }
      expect(rocArea(curveOf(frame)).value).toBeCloseTo(right / pairs, 12);
    }
  });

  it("bins change little", () => {
    const random = seeded(3);
    const rows = 5000;
    const y = Float64Array.from({ length: rows }, () => Math.round(random()));
    const p = Float32Array.from(y, (one) => (random() + 0.2 * one) / 1.2);
    const frame = createFrame([field("$target", "float64"), field("$prediction", "float32")], [{ dtype: "float64", values: y }, { dtype: "float32", values: p }], rows);
    const [exact, binned] = [areas(frame), areas(frame, 1000)];
    expect([exact.plot, binned.plot]).toEqual([false, true]);
    expect(binned.value).toBeCloseTo(exact.value!, 5);
  });

  it("average precision of one class is 0 or 1", () => {
    expect(averagePrecision(curve([0.1, 0.2], [0, 0], [1, 2])).value).toBe(0);
    expect(averagePrecision(curve([0.1, 0.2], [1, 2], [0, 0])).value).toBe(1);
    expect(rocArea(curve([0.1, 0.2], [1, 2], [0, 0]))).toEqual({ value: null, standardError: null });
  });
});

describe("plots", () => {
  const random = seeded(4);
  const many = curve(
    Array.from({ length: 5000 }, (_, i) => i / 5000),
    Array.from({ length: 5000 }, () => Math.floor(random() * 3)),
    Array.from({ length: 5000 }, () => 1 + Math.floor(random() * 3)),
  );

  it("have at most 200 points and both ends", () => {
    const roc = rocPoints(many, 200);
    expect(roc.length).toBeGreaterThan(150);
    expect(roc.length).toBeLessThanOrEqual(200);
    expect([roc[0], roc.at(-1)]).toEqual([[0, 0, null], [1, 1, 0]]);
    const precision = precisionPoints(many, 200);
    expect(precision.length).toBeGreaterThan(100);
    expect(precision.length).toBeLessThanOrEqual(200);
    expect(precision.at(-1)![0]).toBe(1);
  });

  it("of few scores have a point for each", () => {
    expect(rocPoints(curve([0.25, 0.5, 0.75], [0, 1, 1], [1, 1, 0]), 200)).toEqual([[0, 0, null], [0, 0.5, 0.75], [0.5, 1, 0.5], [1, 1, 0.25]]);
  });
});

function scored(rows: number, random: () => number): Frame {
  const isWeighted = random() < 0.5;
  const y = Float64Array.from({ length: rows }, () => Math.round(random()));
  const p = Float32Array.from({ length: rows }, () => Math.round((random() - (isWeighted ? 0.2 : 0)) * 30) / 30);
  const w = Float64Array.from({ length: rows }, () => (isWeighted ? Math.floor(random() * 4) / 4 : 1));
  return createFrame([field("$target", "float64"), field("$prediction", "float32"), field("$weight", "float64")], [{ dtype: "float64", values: y }, { dtype: "float32", values: p }, { dtype: "float64", values: w }], rows);
}

function columnsOf(frame: Frame): readonly ArrayLike<number>[] {
  return ["$target", "$prediction", "$weight"].map((name) => (frame.column(name) as { values: Float64Array }).values);
}

function curveOf(frame: Frame): ScoreCurve {
  const fold = curves();
  const parts = [slice(frame, 0, 30), slice(frame, 30, frame.length)].map((part) => fold.add(fold.start(), part));
  const { scores, positive, negative } = fold.finish(fold.merge(parts[0]!, parts[1]!)).plot as { scores: number[]; positive: number[]; negative: number[] };
  return curve(scores, positive, negative);
}

function areas(frame: Frame, most?: number): MetricResult {
  const fold = curveFold(BINARY, BINARY_RULES, ([one], isBinned) => ({ ...rocArea(one!), plot: isBinned }), most);
  return fold.finish(fold.add(fold.start(), frame));
}

function curve(scores: readonly number[], positive: readonly number[], negative: readonly number[]): ScoreCurve {
  return { scores: Float32Array.from(scores), positive: Float64Array.from(positive), negative: Float64Array.from(negative), squares: null };
}

function arraysOf({ scores, positive, negative, squares }: ScoreCurve) {
  return { scores: [...scores], positive: [...positive], negative: [...negative], squares: squares && [[...squares.positive], [...squares.negative]] };
}
