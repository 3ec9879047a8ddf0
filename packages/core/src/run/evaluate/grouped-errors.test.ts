import { describe, expect, it } from "vitest";
import type { Metric, MetricResult } from "../../contracts/metric.js";
import { defineFold } from "../../fold/define-fold.js";
import { field } from "../../frame/frame.js";
import { fromRows } from "../../frame/rows.js";
import { toFloat64 } from "../../frame/missing.js";
import { seeded } from "../../frame/random.js";
import { errorMargin } from "../../statistics/error-margin.js";
import { normalQuantile } from "../../statistics/normal.js";
import { withErrorsByGroup } from "./grouped-errors.js";
import { metricSet } from "./metric-set.js";

/** The mean of the error, with the standard error that it has where rows are independent. */
const meanError: Metric = {
  direction: "minimize",
  columns: [],
  fold: () =>
    defineFold({
      start: () => ({ rows: 0, sum: 0, squares: 0 }),
      add(partial, batch) {
        const predicted = toFloat64(batch.column("$prediction"));
        toFloat64(batch.column("$target")).forEach((target, row) => {
          const error = target - predicted[row]!;
          partial.rows++;
          partial.sum += error;
          partial.squares += error * error;
        });
        return partial;
      },
      merge: (left, right) => ({ rows: left.rows + right.rows, sum: left.sum + right.sum, squares: left.squares + right.squares }),
      finish: ({ rows, sum, squares }): MetricResult => (rows === 0 ? { value: null, standardError: null, plot: null } : { value: sum / rows, standardError: Math.sqrt((squares / rows - (sum / rows) ** 2) / rows), plot: { rows } }),
    }),
};

const own = metricSet([{ name: "error", metric: meanError }], { kind: "regression" });
const byGroup = withErrorsByGroup(own, "who");

/** Rows whose errors are those of their group and a little of their own; the mean of all is 0. */
function judged(set: typeof own, seed: string, groups: number, rowsOfEach: number): MetricResult {
  const random = seeded(seed);
  const normal = () => normalQuantile(0.5e-12 + random() * (1 - 1e-12));
  const rows = Array.from({ length: groups }, (_, group) => [normal(), `${seed}.${group}`] as const).flatMap(([shared, who]) => Array.from({ length: rowsOfEach }, () => ({ who, $target: shared + 0.2 * normal() })));
  const raw = fromRows([field("who", "string"), field("$target", "float64")], rows);
  const predicted = fromRows([field("prediction", "float32")], rows.map(() => ({ prediction: 0 })));
  return set.fold.finish(set.fold.add(set.fold.start(), set.view(raw, predicted)))["error"]!;
}

describe("errors by groups, of 40 groups of 25 rows that depend on each other", () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => `groups ${seed}`);
  const coverage = (set: typeof own) => seeds.map((seed) => judged(set, seed, 40, 25)).filter(({ value, standardError, degreesOfFreedom }) => Math.abs(value!) <= errorMargin(standardError!, degreesOfFreedom, 0.95)).length / seeds.length;

  it("give intervals of 95 % that hold the truth in 95 %, where the metric's own do not", () => {
    expect(coverage(own)).toBeLessThan(0.5);
    expect(coverage(byGroup)).toBeGreaterThan(0.91);
    expect(coverage(byGroup)).toBeLessThan(0.99);
  });

  it("are as large as what the value varies by", () => {
    const results = seeds.map((seed) => judged(byGroup, seed, 40, 25));
    const real = Math.sqrt(results.reduce((sum, { value }) => sum + value! ** 2, 0) / seeds.length);
    const told = results.reduce((sum, { standardError }) => sum + standardError!, 0) / seeds.length;
    expect(told / real).toBeGreaterThan(0.85);
    expect(told / real).toBeLessThan(1.25);
  });

  it("leave value and plot as they were", () => {
    const [alone, grouped] = [judged(own, "same", 40, 25), judged(byGroup, "same", 40, 25)];
    expect(grouped.value).toBeCloseTo(alone.value!, 12);
    expect(grouped.plot).toEqual(alone.plot);
    expect(Object.keys(alone)).not.toContain("degreesOfFreedom");
  });

  it("are unknown of one group, and say so; a value that is undefined has none", () => {
    expect(judged(byGroup, "one", 1, 25)).toMatchObject({ standardError: null, degreesOfFreedom: 0 });
    expect(judged(byGroup, "none", 0, 25)).toEqual({ value: null, standardError: null, plot: null });
  });
});
