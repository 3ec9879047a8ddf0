import { readFileSync } from "node:fs";
import { createFrame, field, type Frame, type Metric, type MetricResult, type Problem } from "@millrace/core";
import { describe, expect, it } from "vitest";
import metrics from "./index.js";

type Row = { id: string; fn: string; input: any; expected: any; note: string; rtol: number };

const { metrics: rows } = JSON.parse(readFileSync(new URL("../fixtures/reference.json", import.meta.url), "utf8")) as { metrics: Row[] };

const REGRESSION: Problem = { kind: "regression" };
const BINARY: Problem = { kind: "binary", classes: ["0", "1"], positive: "1" };

/** Functions of the reference that are no metric of this plugin. */
const OTHERS = ["fbeta", "cohen_kappa", "medae", "max_error", "explained_variance", "msle", "poisson_deviance", "ndcg", "label_ranking_ap", "precision_recall_at_k", "map_at_k", "isotonic_fit_predict", "cbpe_expected_confusion"];

const value = async (...call: Parameters<typeof judge>) => (await judge(...call)).value;

const calls: Record<string, (input: any) => Promise<unknown>> = {
  accuracy: ({ y, pred }) => value("accuracy", {}, BINARY, y, pred),
  balanced_accuracy: ({ y, pred }) => value("balanced-accuracy", {}, classes(y), y, oneHot(pred, y)),
  async precision_recall_f1({ y, pred, average, zero_division }) {
    if (average === null) return perClass(y, pred);
    const problem = average === "binary" ? BINARY : classes(y);
    const options = { average, zeroDivision: zero_division ?? 0 };
    return Promise.all(["precision", "recall", "f1"].map((name) => value(name, options, problem, y, problem === BINARY ? pred : oneHot(pred, y))));
  },
  roc_auc: ({ y, score }) => value("roc-auc", {}, BINARY, y, score),
  roc_auc_multiclass: ({ y, proba, multi_class, average }) => value("roc-auc", { multiclass: multi_class, average }, classes(y), y, proba),
  average_precision: ({ y, score, weight }) => value("pr-auc", {}, BINARY, y, score, weight),
  log_loss: ({ y, prob }) => value("log-loss", {}, BINARY, y, prob),
  log_loss_multiclass: ({ y, proba }) => value("log-loss", {}, classes(y), y, proba),
  brier: ({ y, prob }) => value("brier", {}, BINARY, y, prob),
  async confusion_matrix({ y, pred, labels = [0, 1, 2] }) {
    const problem: Problem = { kind: "multiclass", classes: labels.map(String) };
    const at = (all: number[]) => all.map((label) => labels.indexOf(label));
    return ((await judge("confusion", {}, problem, at(y), oneHot(at(pred), labels))).plot as { matrix: number[][] }).matrix;
  },
  mcc: ({ y, pred }) => (Math.max(...y) === 1 ? value("mcc", {}, BINARY, y, pred) : value("mcc", {}, classes(y), y, oneHot(pred, y))),
  mse: ({ y, pred, weight }) => value("mse", {}, REGRESSION, y, pred, weight),
  rmse: ({ y, pred }) => value("rmse", {}, REGRESSION, y, pred),
  mae: ({ y, pred }) => value("mae", {}, REGRESSION, y, pred),
  r2: ({ y, pred, weight }) => value("r2", {}, REGRESSION, y, pred, weight),
  mape: ({ y, pred, weight }) => value("mape", {}, REGRESSION, y, pred, weight),
};

describe("the reference libraries give the same", () => {
  it.each(rows.filter(({ fn }) => !OTHERS.includes(fn)).map((row) => [row.id, row] as const))("%s", async (id, row) => {
    const call = calls[row.fn]!(decode(row.input));
    // Undefined is no error here: one slice of many may hold one class only. Newer scikit-learn returns NaN too.
    if (id === "auc-one-class" || row.expected === "NaN") expect(await call).toBeNull();
    else if (id === "len-mismatch") await expect(call).rejects.toMatchObject({ code: "FRAME_LENGTH" });
    else if (row.expected.error !== undefined) await expect(call).rejects.toMatchObject({ code: "METRIC_VALUE" });
    else expectClose(await call, row.expected, row.rtol);
  });
});

/** Per class: each against the rest; and how many rows it has. */
async function perClass(y: number[], pred: number[]): Promise<unknown> {
  const names = [0, 1, 2];
  const scores = ["precision", "recall", "f1"].map((name) => Promise.all(names.map((k) => value(name, {}, BINARY, against(y, k), against(pred, k)))));
  return [...(await Promise.all(scores)), names.map((k) => y.filter((label) => label === k).length)];
}

function against(all: number[], k: number): number[] {
  return all.map((label) => (label === k ? 1 : 0));
}

async function judge(name: string, options: object, problem: Problem, y: number[], prediction: number[] | number[][], weight?: number[]): Promise<MetricResult> {
  const extension = metrics().extensions.find((one) => one.name === name)!;
  const metric = (await extension.create((extension.options as unknown as { parse(value: unknown): never }).parse(options), null as never)) as Metric;
  const fold = metric.fold(problem);
  return fold.finish(fold.add(fold.start(), frame(problem, y, prediction, weight)));
}

/** Predictions as float64: the reference has seen no float32. */
function frame(problem: Problem, y: number[], prediction: number[] | number[][], weight?: number[]): Frame {
  const width = Array.isArray(prediction[0]) ? prediction[0].length : 1;
  const target = problem.kind === "multiclass" ? ({ dtype: "int32", values: Int32Array.from(y), validity: null } as const) : ({ dtype: "float64", values: Float64Array.from(y) } as const);
  const fields = [field("$target", target.dtype), field("$prediction", "float64", { shape: width === 1 ? [] : [width] })];
  const columns = [target, { dtype: "float64", values: Float64Array.from(prediction.flat()) } as const];
  if (weight === undefined) return createFrame(fields, columns, y.length);
  return createFrame([...fields, field("$weight", "float64")], [...columns, { dtype: "float64", values: Float64Array.from(weight) }], y.length);
}

function classes(y: number[]): Problem {
  return { kind: "multiclass", classes: Array.from({ length: Math.max(...y) + 1 }, (_, k) => String(k)) };
}

function oneHot(pred: number[], labels: number[]): number[][] {
  const size = new Set(labels).size;
  return pred.map((label) => Array.from({ length: size }, (_, k) => (k === label ? 1 : 0)));
}

function expectClose(actual: any, expected: any, rtol: number): void {
  if (typeof expected === "number") expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(rtol * Math.abs(expected));
  else for (const key of Object.keys(expected)) expectClose(actual[key], expected[key], rtol);
}

function decode(value: any): any {
  if (value === "NaN") return NaN;
  if (Array.isArray(value)) return value.map(decode);
  return value !== null && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decode(inner)])) : value;
}
