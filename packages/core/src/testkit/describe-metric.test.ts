import { expect, test } from "vitest";
import type { Fold } from "../contracts/fold.js";
import type { Metric, MetricResult } from "../contracts/metric.js";
import type { Problem } from "../contracts/trainer.js";
import { MillraceError } from "../errors/millrace-error.js";
import { toFloat64 } from "../frame/missing.js";
import { describeMetric } from "./describe-metric.js";
import { brokenLaws } from "./law.js";
import { metricLaws } from "./metric/metric-laws.js";

type Sums = { weight: number; squares: number; sum: number; sumOfSquares: number };

const problem: Problem = { kind: "binary", classes: ["no", "yes"], positive: "yes" };

/** The mean squared error, weighted. */
const fold: Fold<MetricResult, Sums> = {
  start: () => ({ weight: 0, squares: 0, sum: 0, sumOfSquares: 0 }),
  add: (sums, batch) => addRows(sums, batch.fields.some(({ name }) => name === "$weight") ? toFloat64(batch.column("$weight")) : null, toFloat64(batch.column("$target")), toFloat64(batch.column("$prediction"))),
  merge: (left, right) => ({ weight: left.weight + right.weight, squares: left.squares + right.squares, sum: left.sum + right.sum, sumOfSquares: left.sumOfSquares + right.sumOfSquares }),
  finish({ weight, squares, sum, sumOfSquares }) {
    if (weight === 0) return { value: null, standardError: null, plot: null };
    const mean = sum / weight;
    return { value: mean, standardError: Math.sqrt(Math.max(0, squares * mean * mean + sumOfSquares)) / weight, plot: { rows: null } };
  },
};

function addRows(sums: Sums, weights: Float64Array | null, target: Float64Array, prediction: Float64Array): Sums {
  target.forEach((y, row) => {
    const weight = weights === null ? 1 : weights[row]!;
    const loss = (prediction[row]! - y) ** 2;
    if (Number.isNaN(loss)) throw new MillraceError({ code: "METRIC_VALUE", message: "NaN", mend: "No NaN." });
    sums.weight += weight;
    sums.squares += weight * weight;
    sums.sum += weight * loss;
    sums.sumOfSquares += weight * weight * loss * loss;
  });
  return sums;
}

const metricOf = (mutated: Partial<Fold<MetricResult, any>> = {}, more: Partial<Metric> = {}): Metric => ({
  direction: "minimize",
  columns: [],
  fold(asked) {
    if (asked.kind === "multiclass") throw new MillraceError({ code: "METRIC_PROBLEM", message: "multiclass", mend: "Use another." });
    return { ...fold, ...mutated };
  },
  ...more,
});

/** The result with something changed. */
const finishing = (change: (result: MetricResult, sums: Sums) => Partial<MetricResult>) => ({ finish: (sums: Sums) => ({ ...fold.finish(sums), ...(sums.weight === 0 ? {} : change(fold.finish(sums), sums)) }) });

const mutants: Record<string, () => Metric> = {
  "batches of any size give the same result": () => metricOf({ add: (_, batch) => fold.add(fold.start(), batch) }),
  "partials merge from left to right": () => metricOf({ merge: (left) => left }),
  "partials merge in any grouping": () => metricOf({ merge: (left, right) => fold.merge(left, right.weight > 5 ? fold.start() : right) }),
  "an empty batch changes nothing": () => metricOf({ add: (sums, batch) => (batch.length === 0 ? { ...sums, weight: sums.weight + 1 } : fold.add(sums, batch)) }),
  "a partial travels as bytes": () => metricOf({ start: () => ({ ...fold.start(), at: new Date(0) }) }),
  "finish leaves the partial as it was": () => metricOf({ finish: (sums: Sums) => fold.finish({ ...sums, weight: sums.weight++ }) }),
  "every start is a fresh one": () => {
    const shared = fold.start();
    return metricOf({ start: () => shared });
  },
  "a row of weight n counts as n rows": () => metricOf({ add: (sums, batch) => addRows(sums, batch.fields.some(({ name }) => name === "$weight") ? toFloat64(batch.column("$weight")).map((weight) => weight ** 2) : null, toFloat64(batch.column("$target")), toFloat64(batch.column("$prediction"))) }),
  "weights of 1 are no weights": () => metricOf({ add: (sums, batch) => (batch.fields.length === 2 ? addRows(sums, new Float64Array(batch.length).fill(2), toFloat64(batch.column("$target")).map((y) => y / 2), toFloat64(batch.column("$prediction"))) : fold.add(sums, batch)) }),
  "the scale of the weights does not matter to value and standard error": () => metricOf(finishing((result, { weight }) => ({ standardError: result.standardError! / Math.sqrt(weight) }))),
  "the order of the rows does not matter": () => metricOf({ add: (sums, batch) => ({ ...fold.add(sums, batch), squares: toFloat64(batch.column("$prediction"))[0] ?? sums.squares }) }),
  "perfect predictions beat random ones in its direction": () => metricOf({}, { direction: "maximize" }),
  "no rows have no value, and throw nothing": () => metricOf({ finish: (sums) => (sums.weight === 0 ? { value: 0, standardError: null, plot: null } : fold.finish(sums)) }),
  "a result is JSON, its standard error no less than 0": () => metricOf(finishing(() => ({ plot: { points: [NaN] } }))),
  "a prediction of NaN is refused": () => metricOf({ add: (sums, batch) => addRows(sums, null, toFloat64(batch.column("$target")), toFloat64(batch.column("$prediction")).map((p) => (Number.isNaN(p) ? 0 : p))) }),
  "a problem that it cannot judge is refused by name": () => metricOf({}, { fold: () => { throw new TypeError("what problem?"); } }),
};

describeMetric({ name: "mean squared error", problem, create: () => metricOf() });

test.each(metricLaws.map(({ name }) => name))("a mutant breaks the law: %s", async (name) => {
  expect(Object.keys(mutants)).toContain(name);
  expect(await brokenLaws(metricLaws, { problem, create: mutants[name]! })).toContain(name);
});
