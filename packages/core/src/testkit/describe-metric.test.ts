import { expect, test } from "vitest";
import type { Fold } from "../contracts/fold.js";
import type { Frame } from "../contracts/frame.js";
import type { Metric, MetricResult } from "../contracts/metric.js";
import type { Problem } from "../contracts/trainer.js";
import { MillraceError } from "../errors/millrace-error.js";
import { field } from "../frame/frame.js";
import { toFloat64 } from "../frame/missing.js";
import { fromRows } from "../frame/rows.js";
import { slice } from "../frame/take.js";
import { describeMetric } from "./describe-metric.js";
import { foldMutants } from "./fold/fold-mutants.js";
import { brokenLaws } from "./law.js";
import { metricLaws, type MetricCase } from "./metric/metric-laws.js";

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

const hasNoWeight = (batch: Frame): boolean => !batch.fields.some(({ name }) => name === "$weight");

const mutants: Record<string, () => Metric> = {
  ...Object.fromEntries(Object.entries(foldMutants(fold, (result) => (result.value === null ? result : { ...result, value: result.value + 1 }))).map(([law, mutant]) => [law, () => metricOf(mutant)])),
  "a row of weight n counts as n rows": () => metricOf({ add: (sums, batch) => addRows(sums, batch.fields.some(({ name }) => name === "$weight") ? toFloat64(batch.column("$weight")).map((weight) => weight ** 2) : null, toFloat64(batch.column("$target")), toFloat64(batch.column("$prediction"))) }),
  "weights of 1 are no weights": () => metricOf({ add: (sums, batch) => ({ ...fold.add(sums, batch), isPlain: hasNoWeight(batch) }), finish: (sums: Sums & { isPlain?: boolean }) => ({ ...fold.finish(sums), ...(sums.isPlain === true ? { standardError: null } : {}) }) }),
  "the scale of the weights does not matter to value and standard error": () => metricOf(finishing((result, { weight }) => ({ standardError: result.standardError! / Math.sqrt(weight) }))),
  "the order of the rows does not matter": () => {
    const lastOf = (batch: Frame, before: number | null): number | null => [...toFloat64(batch.column("$prediction"))].findLast((_, row) => hasNoWeight(batch) || toFloat64(batch.column("$weight"))[row]! > 0) ?? before;
    return metricOf({
      start: () => ({ ...fold.start(), last: null }),
      add: (sums, batch) => ({ ...fold.add(sums, batch), last: lastOf(batch, sums.last) }),
      merge: (left, right) => ({ ...fold.merge(left, right), last: right.last ?? left.last }),
      finish: (sums) => (sums.last === null ? fold.finish(sums) : { ...fold.finish(sums), value: sums.sum / sums.weight + sums.last / 1000 }),
    });
  },
  "perfect predictions beat random ones in its direction": () => metricOf({}, { direction: "maximize" }),
  "it names the raw columns that it reads": () => metricOf({ add: (sums, batch) => fold.add(sums, batch.length > 0 && toFloat64(batch.column("price")).length === 0 ? slice(batch, 0, 0) : batch) }),
  "no rows have no value, and throw nothing": () => metricOf({ finish: (sums) => (sums.weight === 0 ? { value: 0, standardError: null, plot: null } : fold.finish(sums)) }),
  "a result is JSON, its standard error no less than 0": () => metricOf(finishing(() => ({ plot: { points: [NaN] } }))),
  "a prediction of NaN is refused": () => metricOf({ add: (sums, batch) => addRows(sums, hasNoWeight(batch) ? null : toFloat64(batch.column("$weight")), toFloat64(batch.column("$target")), toFloat64(batch.column("$prediction")).map((p) => (Number.isNaN(p) ? 0 : p))) }),
  "a problem that it cannot judge is refused by name": () => metricOf({}, { fold: ({ kind }) => { if (kind === "multiclass") throw new TypeError("what problem?"); return fold; } }),
};

const raw: MetricCase["raw"] = (rows, random) => fromRows([field("price", "float64")], Array.from({ length: rows }, () => ({ price: random() })));

describeMetric({ name: "mean squared error", problem, create: () => metricOf() });

test.each(metricLaws.map(({ name }) => name))("a mutant breaks this law alone: %s", async (name) => {
  expect(await brokenLaws(metricLaws, { problem, raw, create: mutants[name]! })).toEqual([name]);
});
