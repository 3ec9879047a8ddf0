import { describe, expect, it } from "vitest";
import { kolmogorovByMatrix } from "./ks-matrix.js";
import { ksOneSampleSf } from "./ks-one-sample.js";
import { kolmogorovByPelzGood } from "./ks-pelz-good.js";
import { ksTwoSample } from "./ks-two-sample.js";
import { mannWhitneyU } from "./mann-whitney.js";
import { smirnovSf } from "./smirnov.js";
import { welchT } from "./welch.js";

/** All ways to choose which of the pooled ranks are the first sample's: the definition of an exact p-value. */
function arrangements(n: number, m: number): readonly (readonly [readonly number[], readonly number[]])[] {
  const all = Array.from({ length: n + m }, (_, i) => i);
  return Array.from({ length: 2 ** (n + m) }, (_, bits) => bits)
    .map((bits) => [all.filter((i) => (bits >> i) & 1), all.filter((i) => !((bits >> i) & 1))] as const)
    .filter(([first]) => first.length === n);
}

describe("exact p-values are shares of all arrangements", () => {
  it.each([[4, 5], [3, 7], [5, 5]])("of %i and %i values", (n, m) => {
    const all = arrangements(n, m);
    for (const [x, y] of all.filter((_, i) => i % 17 === 0)) {
      for (const alternative of ["two-sided", "less", "greater"] as const) {
        const ks = ksTwoSample(x, y, { method: "exact", alternative });
        const share = all.filter(([a, b]) => ksTwoSample(a, b, { method: "asymptotic", alternative }).statistic >= ks.statistic - 1e-12).length / all.length;
        expect(ks.pValue).toBeCloseTo(share, 12);
      }
      const u = mannWhitneyU(x, y, { method: "exact", alternative: "greater" });
      expect(u.pValue).toBeCloseTo(all.filter(([a, b]) => mannWhitneyU(a, b).statistic >= u.statistic).length / all.length, 12);
    }
  });
});

describe("the one-sample distribution", () => {
  it("is one across the formulas that serve its regions", () => {
    for (const z of [0.5, 0.8, 1.2]) expect(kolmogorovByPelzGood(2000, z / Math.sqrt(2000))).toBeCloseTo(kolmogorovByMatrix(2000, z / Math.sqrt(2000)), 7);
    for (const n of [20, 140]) expect(1 - kolmogorovByMatrix(n, Math.sqrt(4 / n))).toBeCloseTo(2 * smirnovSf(n, Math.sqrt(4 / n)), 8);
    for (const z of [1, 2]) expect(smirnovSf(100_001, z / Math.sqrt(100_001)) / smirnovSf(100_000, z / Math.sqrt(100_000)) - 1).toBeCloseTo(0, 6);
  });

  it("falls from 1 to 0", () => {
    for (const n of [1, 7, 141, 100_001]) {
      const values = Array.from({ length: 60 }, (_, i) => ksOneSampleSf(n, (i + 1) / 60 / Math.min(1, Math.sqrt(n) / 4)));
      expect(values.every((value, i) => value >= 0 && value <= (values[i - 1] ?? 1) + 1e-12)).toBe(true);
    }
    expect([ksOneSampleSf(3, 0), ksOneSampleSf(3, 1)]).toEqual([1, 0]);
  });
});

it("decides by the sizes which p-value is exact", () => {
  const [x, y] = [Array.from({ length: 1001 }, (_, i) => i), Array.from({ length: 1001 }, (_, i) => i + 30)];
  expect(ksTwoSample(x, y).pValue).toBe(ksTwoSample(x, y, { method: "asymptotic" }).pValue);
  expect(ksTwoSample(x.slice(0, 50), y.slice(0, 50)).pValue).toBe(ksTwoSample(x.slice(0, 50), y.slice(0, 50), { method: "exact" }).pValue);
  expect(mannWhitneyU([1, 2], [2, 3]).pValue).toBe(mannWhitneyU([1, 2], [2, 3], { method: "asymptotic" }).pValue);
});

it("says of constant samples what can be said", () => {
  expect(welchT([1, 1], [1, 1])).toMatchObject({ statistic: 0, pValue: 1 });
  expect(welchT([2, 2], [1, 1])).toMatchObject({ statistic: Infinity, pValue: 0 });
  expect(mannWhitneyU([1, 1], [1, 1], { method: "asymptotic" }).pValue).toBe(1);
});
