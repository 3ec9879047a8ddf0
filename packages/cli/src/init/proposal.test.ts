import { field, fromRows, type DType, type Json } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { factsOf } from "./column-facts.js";
import { propose, type ProposalInput } from "./proposal.js";
import { problemOf } from "./target-problem.js";

type Columns = Readonly<Record<string, readonly [DType, (row: number) => Json]>>;

const BASE: Columns = { sold: ["string", (i) => (i % 3 ? "no" : "yes")], size: ["float64", (i) => i % 17] };

function proposed(columns: Columns, more: Partial<ProposalInput> = {}, rows = 400) {
  const entries = Object.entries(columns);
  const facts = factsOf(fromRows(entries.map(([name, [dtype]]) => field(name, dtype)), Array.from({ length: rows }, (_, row) => Object.fromEntries(entries.map(([name, [, value]]) => [name, value(row)])))));
  const target = more.target ?? "sold";
  return propose({ facts, target, targetWhy: "it was asked for", problem: problemOf(facts.find(({ name }) => name === target)!)!, time: null, leaks: { certain: [], suspicious: [], byMissing: [] }, ...more });
}

describe("the split", () => {
  it("is by time where there is one; a group then would only leave out rows", () => {
    const { split, time, group, ignore } = proposed({ ...BASE, day: ["timestamp", (i) => new Date(i * 86_400_000).toISOString()], customer_id: ["string", (i) => `c${i % 60}`] }, { time: "day" });
    expect([split.use, time?.value, group]).toEqual(["time", "day", null]);
    expect(ignore.map(({ value }) => value)).toEqual(["customer_id"]);
  });

  it("is by a group that recurs, else by the key, else at random with equal shares of each class", () => {
    expect(proposed({ ...BASE, customer_id: ["string", (i) => `c${i % 60}`] })).toMatchObject({ split: { use: "hash" }, group: { value: "customer_id" }, ignore: [] });
    expect(proposed({ ...BASE, id: ["int64", (i) => i + 7] })).toMatchObject({ split: { use: "hash" }, key: { value: "id" }, ignore: [] });
    expect(proposed(BASE).split).toMatchObject({ use: "random", with: { stratify: true } });
  });

  it("spends no validation rows where there are few", () => {
    expect(proposed(BASE).split.with).toMatchObject({ validation: 0 });
    expect(proposed(BASE, {}, 2000).split.with).toMatchObject({ validation: 0.2 });
  });
});

describe("columns", () => {
  it("that alone tell the target are ignored, and said to do so", () => {
    expect(proposed({ ...BASE, paid: ["float64", (i) => i % 7] }, { leaks: { certain: ["paid"], suspicious: ["size"], byMissing: ["size"] } })).toMatchObject({
      ignore: [{ value: "paid", why: expect.stringContaining("alone tells the target") }],
      features: [{ use: "standardize", from: ["size"] }],
      warnings: [expect.stringContaining('Whether "size" is missing')],
    });
  });

  it("that are personal are masked and no feature", () => {
    const { pii, ignore, features } = proposed({ ...BASE, mail: ["string", (i) => `u${i}@example.org`] });
    expect([pii, ignore].map((list) => list.map(({ value }) => value))).toEqual([["mail"], ["mail"]]);
    expect(features.flatMap(({ from }) => from)).toEqual(["size"]);
  });

  it("are each ignored or a feature, and the target is neither", () => {
    const { ignore, features } = proposed({ ...BASE, same: ["string", () => "x"], plan: ["string", (i) => `p${i % 3}`], long: ["float64", (i) => Math.exp(i / 20)], holes: ["float64", (i) => (i % 4 ? i % 5 : null)] });
    expect(ignore.map(({ value }) => value)).toEqual(["same"]);
    expect(features.map(({ use, from }) => [use, from])).toEqual([["missing-indicator", ["holes"]], ["standardize", ["size", "holes"]], ["quantile", ["long"]], ["category", ["plan"]]]);
  });

  it("of times give what comes again: months only over two years, weekdays and hours only where they differ", () => {
    const parts = (step: number, rows: number) => proposed({ ...BASE, at: ["timestamp", (i) => new Date(i * step).toISOString()] }, { time: "at" }, rows).features.find(({ use }) => use === "date-parts")?.with;
    expect(parts(86_400_000, 400)).toEqual({ parts: ["weekday"] });
    expect(parts(86_400_000, 1000)).toEqual({ parts: ["month", "weekday"] });
    expect(parts(3_600_000, 400)).toEqual({ parts: ["weekday", "hour"] });
    expect(parts(60_000, 50)).toBeUndefined();
  });
});

describe("trainer and metrics", () => {
  it.each([
    ["binary", BASE, "sold", "logistic", "roc-auc", "ece", "prior"],
    ["rare", { ...BASE, sold: ["string", (i: number) => (i % 40 ? "no" : "yes")] } as Columns, "sold", "logistic", "pr-auc", "ece", "prior"],
    ["multiclass", { ...BASE, kind: ["string", (i: number) => `k${i % 3}`] } as Columns, "kind", "logistic", "log-loss", "confusion", "prior"],
    ["regression", BASE, "size", "ridge", "rmse", "residuals", "mean"],
  ] as const)("%s", (_, columns, target, train, first, plotted, baseline) => {
    const found = proposed(columns, { target });
    expect([found.train.value, found.metrics.value[0], found.baseline]).toEqual([train, first, baseline]);
    expect(found.metrics.value).toContain(plotted);
  });
});
