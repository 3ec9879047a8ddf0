import { array, assert, float, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { seeded } from "../frame/random.js";
import { addScore, finishCurve, mergeCurves, reserveScores, startCurve } from "./score-curve.js";
import { sortedKeys, sortedOrder } from "./sort-scores.js";

type Rows = readonly (readonly [score: number, weight: number, isPositive: boolean])[];

describe("sorting", () => {
  it("orders any scores as numbers", () => {
    assert(
      property(array(float({ noNaN: true }), { maxLength: 50 }), (values) => {
        const scores = Float32Array.from(values, (value) => value + 0);
        expect([...sortedOrder(scores, scores.length)].map((at) => scores[at])).toEqual([...scores].sort((left, right) => left - right));
      }),
      { seed: 1 },
    );
  });

  it("orders keys", () => {
    const random = seeded(1);
    const keys = Uint32Array.from({ length: 3000 }, () => random() * 2 ** 32);
    expect(sortedKeys(keys.slice())).toEqual(keys.slice().sort());
  });
});

describe("a curve of scores", () => {
  const curveOf = (rows: Rows) => {
    const partial = startCurve();
    reserveScores(partial, rows.length);
    for (const row of rows) addScore(partial, ...row);
    return partial;
  };

  it("holds the distinct scores with the weights of both sides, however the rows were cut", () => {
    const rows: Rows = [[0.5, 1, true], [0.25, 2, false], [-0, 1, false], [0.5, 3, false], [0, 0.5, true], [0.75, 0, true]];
    const expected = { scores: Float32Array.of(0, 0.25, 0.5), positive: Float64Array.of(0.5, 0, 1), negative: Float64Array.of(1, 2, 3) };
    for (let cut = 0; cut <= rows.length; cut++) expect(finishCurve(mergeCurves(curveOf(rows.slice(0, cut)), curveOf(rows.slice(cut))))).toMatchObject(expected);
  });

  it("goes over to bins where there are too many", () => {
    const rows: Rows = [[0.5, 1, true], [0.5 + 2 ** -22, 1, true], [0.25, 1, false]];
    expect(finishCurve(curveOf(rows), 2)).toMatchObject({ scores: Float32Array.of(0.25, 0.5), positive: Float64Array.of(0, 2), isBinned: true });
  });
});
