import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberColumn } from "../../frame/columns.js";
import { createFrame, field } from "../../frame/frame.js";
import { textColumn } from "../../frame/text-column.js";
import { refusal, type Witness } from "./certificate.js";
import { difference, ulpDistance } from "./difference.js";

const next = (value: number): number => {
  const bits = new Int32Array(Float32Array.of(value).buffer);
  bits[0]! += value >= 0 ? 1 : -1;
  return new Float32Array(bits.buffer)[0]!;
};

describe("the distance of two float32", () => {
  it("counts the numbers between them", () => {
    expect(ulpDistance(1, next(1))).toBe(1);
    expect(ulpDistance(-0, 0)).toBe(1);
    expect(ulpDistance(NaN, NaN)).toBe(0);
    expect(ulpDistance(NaN, 0)).toBe(Infinity);
    expect(ulpDistance(-1e-45, 1e-45)).toBe(3);
  });

  it("is symmetric, and 0 for equal bits only", () => {
    const float32 = fc.float({ noNaN: true });
    fc.assert(
      fc.property(float32, float32, (left, right) => {
        expect(ulpDistance(left, right)).toBe(ulpDistance(right, left));
        expect(ulpDistance(left, right) === 0).toBe(Object.is(left, right));
      }),
    );
  });
});

const frame = (scores: readonly number[], labels: readonly string[]) =>
  createFrame([field("score", "float32"), field("label", "string")], [numberColumn("float32", Float32Array.from(scores)), textColumn(labels)], scores.length);

describe("the difference of two predictions", () => {
  it("counts rows, ulps, and labels that differ by themselves", () => {
    const expected = frame([0.5, 0.25, NaN], ["a", "b", ""]);
    expect(difference(expected, expected)).toEqual({ rows: 3, different: 0, maximumUlp: 0, labels: 0 });
    expect(difference(expected, frame([next(0.5), 0.25, NaN], ["b", "b", ""]))).toEqual({ rows: 3, different: 1, maximumUlp: 1, labels: 0 });
    expect(difference(expected, frame([0.5, 0.25, NaN], ["a", "a", ""]))).toEqual({ rows: 3, different: 1, maximumUlp: 0, labels: 1 });
  });
});

describe("a certificate", () => {
  const equal = { rows: 10, different: 0, maximumUlp: 0, labels: 0 };
  const one = { rows: 10, different: 1, maximumUlp: 1, labels: 0 };
  const witness = (allowedUlp: 0 | 1, golden = equal, random = equal): Witness => ({ runtime: { name: "a", version: "1", provider: "cpu", threads: 1 }, how: "whole", allowedUlp, golden, random });

  it("wants equal bits on golden rows, 1 ulp on random rows, and 1 ulp of the reference interpreter", () => {
    expect(refusal(witness(0))).toBeNull();
    expect(refusal(witness(0, equal, one))).toBeNull();
    expect(refusal(witness(0, one))).toContain("1 of 10 golden rows");
    expect(refusal(witness(1, one))).toBeNull();
    expect(refusal(witness(0, equal, { ...one, maximumUlp: 2 }))).toContain("2 ulp");
    expect(refusal(witness(1, { ...equal, labels: 1 }))).not.toBeNull();
  });
});
