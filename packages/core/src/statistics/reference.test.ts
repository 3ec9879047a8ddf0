import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as statistics from "../statistics.js";

type Row = { id: string; fn: string; input: Record<string, any>; expected: any; note: string; rtol: number };

const reference = JSON.parse(readFileSync(new URL("./reference.json", import.meta.url), "utf8")) as Record<"statistics" | "special_functions", Row[]>;

const METHODS = { exact: "exact", asymp: "asymptotic", asymptotic: "asymptotic", auto: "auto" } as const;
const ADJUSTMENTS = { bonferroni: "bonferroni", fdr_bh: "benjamini-hochberg", fdr_by: "benjamini-yekutieli" } as const;

/** How each function of the reference is called here; what comes back has the reference's names. */
const calls: Record<string, (input: any) => unknown> = {
  ks_2samp({ x, y, method, alternative }) {
    const result = statistics.ksTwoSample(x, y, { method: METHODS[method as keyof typeof METHODS], alternative });
    return { statistic: result.statistic, pvalue: result.pValue, statistic_location: result.location, statistic_sign: result.sign };
  },
  chi2_contingency: ({ table, correction }) => renamed(statistics.chiSquaredContingency(table, { correction })),
  g_test: ({ table }) => renamed(statistics.gTest(table)),
  chisquare_gof: ({ observed, expected }) => renamed(statistics.chiSquaredGoodnessOfFit(observed, expected)),
  psi_proportions: ({ p, q, eps }) => statistics.psi(p, q, eps),
  psi_quantile: ({ reference, current, bins, eps }) => statistics.psiQuantile(reference, current, bins, eps),
  psi_sturges_combined: ({ reference, current, eps }) => statistics.psiSturges(reference, current, eps),
  jensen_shannon({ p, q }) {
    const binary = statistics.jensenShannon(p, q, 2);
    return { distance_e: statistics.jensenShannon(p, q).distance, distance_2: binary.distance, divergence_2: binary.divergence };
  },
  kl_divergence: ({ p, q }) => statistics.klDivergence(p, q),
  wasserstein_1: ({ x, y, x_weights, y_weights }) => statistics.wasserstein1(x, y, { x: x_weights, y: y_weights }),
  mann_whitney_u({ x, y, method, use_continuity, alternative }) {
    const result = statistics.mannWhitneyU(x, y, { method, continuity: use_continuity, alternative });
    return { U1: result.statistic, pvalue: result.pValue };
  },
  two_proportion_z({ k1, n1, k2, n2 }) {
    const [pooled, unpooled] = [statistics.twoProportionZ(k1, n1, k2, n2), statistics.twoProportionZ(k1, n1, k2, n2, false)];
    return { z_pooled: pooled.statistic, p_pooled: pooled.pValue, z_unpooled: unpooled.statistic, p_unpooled: unpooled.pValue };
  },
  welch_t({ x, y }) {
    const result = statistics.welchT(x, y);
    return { t: result.statistic, pvalue: result.pValue, df: result.degrees };
  },
  cramer_von_mises_2samp: ({ x, y }) => renamed(statistics.cramerVonMisesTwoSample(x, y)),
  p_adjust: ({ pvalues, method }) => statistics.adjustPValues(pvalues, ADJUSTMENTS[method as keyof typeof ADJUSTMENTS]),
  chi2_sf: ({ args }) => statistics.chiSquaredSf(args[0], args[1]),
  norm_sf: ({ args }) => statistics.normalSf(args[0]),
  norm_ppf: ({ args }) => statistics.normalQuantile(args[0]),
  t_sf: ({ args }) => statistics.studentTSf(args[0], args[1]),
  kolmogorov_sf: ({ args }) => statistics.kolmogorovSf(args[0]),
  betainc_reg: ({ args }) => statistics.betaRegularized(args[0], args[1], args[2]),
  gammainc_upper_reg: ({ args }) => statistics.gammaUpperRegularized(args[0], args[1]),
};

describe.each(["statistics", "special_functions"] as const)("reference %s", (section) => {
  it.each(reference[section].map((row) => [row.id, row] as const))("%s", (id, row) => {
    const call = () => calls[row.fn]!(decode(row.input));
    // scipy 1.10 lets NaN through here and returns a number; a silent NaN is a wrong answer, so we refuse it.
    if (id === "ks-nan") expect(call).toThrow(expect.objectContaining({ code: "STATISTICS_DOMAIN" }));
    else expectClose(call(), decode(row.expected), row.rtol);
  });
});

function renamed({ statistic, pValue, degrees, expected }: { statistic: number; pValue: number; degrees?: number; expected?: unknown }): unknown {
  return { statistic, pvalue: pValue, dof: degrees, expected };
}

/** Every number of `expected`, wherever it lies, in `actual` to the relative tolerance. */
function expectClose(actual: any, expected: any, rtol: number): void {
  if (typeof expected === "number") expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(rtol * Math.abs(expected) + 1e-300);
  else for (const key of Object.keys(expected)) expectClose(actual[key], expected[key], rtol);
}

/** The conventions at the top of the file: generated samples and numbers that JSON has no word for. */
function decode(value: any): any {
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return Number(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(decode);
  if ("lcg" in value) return generated(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decode(inner)]));
}

function generated({ lcg: [seed, n], power = 1, scale = 1, shift = 0 }: { lcg: [number, number]; power?: number; scale?: number; shift?: number }): number[] {
  let state = seed;
  return Array.from({ length: n }, () => {
    state = Number((BigInt(state) * 1664525n + 1013904223n) % 4294967296n);
    return (state / 4294967296) ** power * scale + shift;
  });
}
