import { describe, expect, it } from "vitest";
import * as statistics from "../statistics.js";

/** From mpmath 1.3 with 40 digits. */
const VALUES: readonly (readonly [string, readonly number[], number])[] = [
  ["erfc", [0.1], 0.887537083981715],
  ["erfc", [0.46875], 0.507386526782062],
  ["erfc", [0.5], 0.4795001221869535],
  ["erfc", [2], 0.004677734981047266],
  ["erfc", [4.1], 6.700027654084918e-9],
  ["erfc", [9], 4.13703174651381e-37],
  ["erfc", [25], 8.300172571196523e-274],
  ["erfc", [-3], 1.9999779095030015],
  ["gammaUpperRegularized", [0.001, 0.005], 0.0047157582766606835],
  ["gammaUpperRegularized", [0.5, 0.1], 0.654720846018577],
  ["gammaUpperRegularized", [2.5, 30], 1.215456977718304e-11],
  ["gammaUpperRegularized", [100, 80], 0.9828916869648668],
  ["gammaUpperRegularized", [100, 130], 0.002750408367306526],
  ["gammaUpperRegularized", [5000, 5100], 0.07932888107761897],
  ["gammaUpperRegularized", [1000000, 1003000], 0.0013617406462175915],
  ["gammaLowerRegularized", [2.5, 0.01], 2.987601531906594e-6],
  ["gammaLowerRegularized", [100, 40], 1.2062542053086514e-15],
  ["gammaLowerRegularized", [1000000, 990000], 5.446644693010809e-24],
  ["betaRegularized", [0.5, 0.5, 0.999999999], 0.9999798683154395],
  ["betaRegularized", [0.1, 4000, 0.01], 1.0],
  ["betaRegularized", [300, 4000, 0.01], 3.106199308038471e-147],
  ["betaRegularized", [20, 7, 0.8], 0.7473661467975279],
  ["betaRegularized", [5000, 150, 0.99], 1.0],
  ["studentTSf", [8, 100000], 6.286959938128186e-16],
  ["studentTSf", [100, 2], 4.999250124978129e-5],
  ["studentTSf", [0.001, 3.3], 0.49962977336448944],
  ["studentTSf", [-2, 10], 0.9633059826146299],
  ["logGamma", [1e-8], 18.42068073818021],
  ["logGamma", [0.25], 1.2880225246980774],
  ["logGamma", [0.5], 0.5723649429247001],
  ["logGamma", [4], 1.791759469228055],
  ["logGamma", [7.5], 7.534364236758733],
  ["logGamma", [50], 144.5657439463449],
  ["logGamma", [100000], 1051287.7089736569],
];

const FUNCTIONS = { ...statistics } as unknown as Readonly<Record<string, (...args: readonly number[]) => number>>;

describe("special functions to 2e-12 relative", () => {
  it.each(VALUES)("%s(%j)", (name, args, value) => {
    expect(Math.abs(FUNCTIONS[name]!(...args) / value - 1)).toBeLessThan(2e-12);
  });

  it("quantiles invert distributions", () => {
    for (const p of [1e-300, 1e-9, 0.02, 0.075, 0.3, 0.5]) expect(Math.abs(statistics.normalCdf(statistics.normalQuantile(p)) / p - 1)).toBeLessThan(1e-12);
    expect(statistics.normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect([statistics.normalQuantile(0), statistics.normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    for (const degrees of [1, 2.5, 31, 1e6]) for (const p of [1e-9, 0.02, 0.3, 0.7]) expect(Math.abs(statistics.studentTSf(-statistics.studentTQuantile(p, degrees), degrees) / p - 1)).toBeLessThan(1e-11);
    // With 1 and 2 degrees of freedom there are closed forms.
    expect(statistics.studentTQuantile(0.975, 1)).toBeCloseTo(Math.tan(Math.PI * 0.475), 10);
    expect(statistics.studentTQuantile(0.025, 2)).toBeCloseTo(-0.95 / Math.sqrt(2 * 0.975 * 0.025), 11);
    expect(statistics.studentTQuantile(0.975, 31)).toBeCloseTo(2.039513446396408, 11);
    expect([0, 0.5, 1].map((p) => statistics.studentTQuantile(p, 3))).toEqual([-Infinity, 0, Infinity]);
  });

  it("tails sum to 1", () => {
    for (const a of [0.3, 4, 900]) for (const x of [0.1, a, 2 * a]) expect(statistics.gammaLowerRegularized(a, x) + statistics.gammaUpperRegularized(a, x)).toBeCloseTo(1, 14);
    for (const t of [0, 0.4, 3]) expect(statistics.studentTSf(t, 5) + statistics.studentTSf(-t, 5)).toBeCloseTo(1, 14);
    expect([statistics.chiSquaredSf(0, 3), statistics.chiSquaredSf(Infinity, 3), statistics.kolmogorovSf(0), statistics.studentTSf(Infinity, 3)]).toEqual([1, 0, 1, 0]);
  });

  it("an interval is round its value", () => {
    expect(statistics.normalInterval(0.7, 0.1, 0.95)).toEqual({ lower: expect.closeTo(0.5040036015459946, 14), upper: expect.closeTo(0.8959963984540054, 14) });
    expect(statistics.normalInterval(0.7, 0, 0.95)).toEqual({ lower: 0.7, upper: 0.7 });
    expect(statistics.errorMargin(0.1, undefined, 0.95)).toBeCloseTo(0.1959963984540054, 14);
    expect(statistics.errorMargin(0.1, 31, 0.95)).toBeCloseTo(0.2039513446396408, 12);
  });
});

describe("arguments outside of a domain are refused", () => {
  it.each([
    () => statistics.normalQuantile(1.1),
    () => statistics.normalInterval(0, -1, 0.95),
    () => statistics.normalInterval(0, 1, 1),
    () => statistics.chiSquaredSf(-1, 3),
    () => statistics.chiSquaredSf(1, 0),
    () => statistics.betaRegularized(1, 0, 0.5),
    () => statistics.studentTSf(NaN, 3),
    () => statistics.studentTQuantile(0.5, 0),
    () => statistics.studentTQuantile(-0.1, 3),
    () => statistics.errorMargin(1, 3, 1),
    () => statistics.kolmogorovSf(-1),
    () => statistics.ksTwoSample([], [1]),
    () => statistics.mannWhitneyU([NaN], [1]),
    () => statistics.welchT([1], [1, 2]),
    () => statistics.chiSquaredContingency([[0, 0], [1, 2]]),
    () => statistics.chiSquaredContingency([[1, 2], [1]]),
    () => statistics.chiSquaredGoodnessOfFit([1, 2], [1, 3]),
    () => statistics.psi([0.5, 0.5], [1]),
    () => statistics.jensenShannon([1, -1], [1, 1]),
    () => statistics.klDivergence([], []),
    () => statistics.wasserstein1([1], [2], { x: [0] }),
    () => statistics.twoProportionZ(3, 2, 1, 2),
    () => statistics.adjustPValues([0.5, 2], "bonferroni"),
    () => statistics.quantiles(Float64Array.of(1), [1.5]),
    () => statistics.ksOneSampleSf(1.5, 0.1),
  ])("%s", (call) => {
    expect(call).toThrow(expect.objectContaining({ code: "STATISTICS_DOMAIN" }));
  });
});
