import { describe, expect, it } from "vitest";
import { bestWithin, isPastKnee, kneeOf, processesFor, type Level } from "./knee.js";

const level = (connections: number, perSecond: number, p99: number, failed = 0): Level => ({ connections, perSecond, p50: p99 / 2, p99, failed, failure: null });
const RISING = [level(1, 1_000, 1), level(2, 1_900, 1.2), level(4, 3_000, 2), level(8, 3_100, 5), level(16, 3_050, 11)];

describe("the knee", () => {
  it("is the first level that gets nearly the most requests", () => {
    expect(kneeOf(RISING)?.connections).toBe(4);
    expect(kneeOf(RISING.slice(0, 2))?.connections).toBe(2);
  });

  it("is none of a level that failed, and there may be none", () => {
    expect(kneeOf([level(1, 1_000, 1), level(2, 9_000, 1, 3)])?.connections).toBe(1);
    expect(kneeOf([level(1, 0, 0, 1)])).toBeNull();
    expect(kneeOf([])).toBeNull();
  });

  it("ends the search behind two levels that bring nothing", () => {
    expect(RISING.map((_, at) => isPastKnee(RISING.slice(0, at + 1)))).toEqual([false, false, false, false, true]);
    expect(isPastKnee([...RISING.slice(0, 4), level(16, 3_300, 12)])).toBe(false);
    expect(isPastKnee([level(1, 1_000, 1), level(2, 900, 1)])).toBe(false);
    expect(isPastKnee([])).toBe(false);
  });
});

describe("processes for a load", () => {
  it("are counted from the most requests within the p99 that is asked for", () => {
    expect(bestWithin(RISING, 5)?.connections).toBe(8);
    expect(bestWithin(RISING, 1.5)?.connections).toBe(2);
    expect(bestWithin(RISING, 0.5)).toBeNull();
    expect(bestWithin([level(1, 1_000, 1, 2)], 5)).toBeNull();
  });

  it("are busy for seven tenths of the time at most", () => {
    expect([1, 700, 701, 7_000].map((load) => processesFor(load, 1_000))).toEqual([1, 1, 2, 10]);
  });
});
