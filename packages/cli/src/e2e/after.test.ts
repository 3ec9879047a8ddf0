import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json, RunRecord } from "@millrace/core";
import { beforeAll, describe, expect, it } from "vitest";
import { millrace, millraceOk } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders } from "../../fixtures/shop.js";

const project = projectFolders();
const RETURNED = {
  source: { use: "json", with: { files: "orders.jsonl" } },
  columns: { key: "id", target: "returned", positive: true, ignore: ["spend", "ordered"] },
  split: { use: "hash", with: { test: 0.3, validation: 0.3 } },
  evaluate: { metrics: ["ece", "roc-auc", "log-loss"] },
  register: { alias: "champion" },
};

/** Models of one data set, by what differs. */
const config = (models: Readonly<Record<string, object>>) => ({ schema: 1, project: "shop", models: Object.fromEntries(Object.entries(models).map(([name, more]) => [name, { ...RETURNED, ...more }])) });
/** Between the cost of the decision and that of a decision at 0.5. */
const GATE = 0.53;
const COSTS = { falsePositive: 1, falseNegative: 3 };
const uneven = { use: "logistic", with: { classWeight: { true: 8 } } };
const FILES = { "orders.jsonl": jsonLines(orders(3_000)) };

describe("a classifier that weighs its classes", () => {
  let folder = "";
  let run: RunRecord;
  const summary = (task: string) => run.tasks.find((one) => one.task === task)!.summary as Record<string, Json> & { readonly test: Record<string, number>; readonly remarks: readonly string[] };
  const card = (model: string) => readFileSync(join(folder, ".millrace/models", model, "1/card.md"), "utf8");

  beforeAll(async () => {
    folder = project({
      ...FILES,
      "millrace.config.json": config({
        raw: { train: uneven },
        platt: { train: uneven, after: ["calibrate", { use: "decide", with: { capacity: 50, per: 1000 } }] },
        isotonic: {
          train: uneven,
          after: [{ use: "calibrate", with: { method: "isotonic" } }, { use: "decide", with: { cost: COSTS }, as: "call" }],
          evaluate: { metrics: [...RETURNED.evaluate.metrics, "recall", { use: "cost", with: COSTS }, { use: "cost", with: { ...COSTS, threshold: 0.5 } }], gates: [{ metric: "cost", atMost: GATE, bound: "point" }] },
        },
      }),
    });
    run = (await millraceOk(folder, "run", "--json")).json<RunRecord>()[0]!;
  }, 120_000);

  it("says on its card that its probabilities are none; calibrated, it no longer does", () => {
    expect(summary("raw/register").remarks).toEqual([expect.stringContaining("Probabilities are not calibrated")]);
    expect(card("raw")).toContain("- Probabilities are not calibrated: rows weigh by their class in training (`false` 1, `true` 8)");
    for (const model of ["platt", "isotonic"]) {
      expect(card(model)).not.toContain("Probabilities are not calibrated");
      expect(JSON.stringify(run.tasks.filter(({ task }) => task.startsWith(`${model}/`)))).not.toContain("Probabilities are not calibrated");
      expect(card(model)).toContain(`- Probabilities are calibrated (${model})`);
      expect(card(model)).toContain("judge it on the test part");
    }
  });

  it("errs far less where it is calibrated, and ranks as before", () => {
    const { ece, "roc-auc": area, "log-loss": loss } = summary("raw/evaluate").test;
    expect(ece).toBeGreaterThan(0.2);
    for (const model of ["platt", "isotonic"]) {
      const test = summary(`${model}/evaluate`).test;
      expect(test["ece"]).toBeLessThan(ece! / 4);
      expect(test["log-loss"]).toBeLessThan(loss!);
      expect(test["roc-auc"]).toBeCloseTo(area!, model === "platt" ? 6 : 1);
    }
  });

  it("is judged by its decision, and so are its gates, where a metric has no threshold of its own", () => {
    const { cost, "cost-2": atHalf } = summary("isotonic/evaluate").test;
    expect(cost).toBeLessThan(GATE);
    expect(atHalf).toBeGreaterThan(GATE);
    expect(summary("isotonic/register")).toMatchObject({ gates: "passed", failed: [] });
  });

  it("answers with its decision, which the run explains", async () => {
    const rows = (await millraceOk(folder, "predict", "platt@champion", "--in", "orders.jsonl")).json<{ readonly score: number; readonly decision: boolean }>();
    const [taken, left] = [rows.filter(({ decision }) => decision), rows.filter(({ decision }) => !decision)];
    expect(taken.length / rows.length).toBeGreaterThan(0.03);
    expect(taken.length / rows.length).toBeLessThan(0.07);
    expect(Math.min(...taken.map(({ score }) => score))).toBeGreaterThan(Math.max(...left.map(({ score }) => score)));
    expect(summary("platt/after").remarks[1]).toMatch(/^The decision is true from a score of 0\.\d+ on \(as many rows as allowed, at most 50 of each 1,000 rows\)/);
    const [one] = (await millraceOk(folder, "predict", "isotonic@champion", "--in", "orders.jsonl")).json<Record<string, Json>>();
    expect(one).toMatchObject({ label: expect.any(String), call: expect.any(Boolean) });
  });
});

it("a limit that cannot be kept fails the run with what can be reached", async () => {
  const { code, err } = await millrace(project({ ...FILES, "millrace.config.json": config({ returned: { train: "logistic", after: [{ use: "decide", with: { maximize: "recall", atLeast: { precision: 0.9999, recall: 0.5 } } }] } }) }), "run", "--only", "returned/after");
  expect(code).toBe(1);
  expect(err).toMatch(/^error DECIDE_UNREACHABLE: .*precision of at least 0.9999 \(alone, [\d.]+ can be reached\)/);
});

describe("mistakes in `after`", () => {
  const planned = async (...after: readonly unknown[]) => {
    const { code, err } = await millrace(project({ ...FILES, "millrace.config.json": config({ returned: { train: "logistic", after } }) }), "plan");
    expect(code).toBe(2);
    return err;
  };

  it("are a decision by two rules, by none, and by a mistyped one, each told once", async () => {
    expect(await planned({ use: "decide", with: { threshold: 0.5, capacity: 3 } })).toContain("models.returned.after[0].with.threshold");
    expect(await planned({ use: "decide", with: {} })).toMatch(/has a mistake; .*\n.*models\.returned\.after\[0\]\.with: does not say when to act: give threshold, capacity, cost or maximize\./);
    expect(await planned({ use: "decide", with: { maximise: "recall" } })).toMatch(/has a mistake; .*\n.*models\.returned\.after\[0\]\.with\.maximise: .* Did you mean "maximize"\?/);
  });

  it("are a calibration behind a decision, two decisions, and what takes the place of a score without being one", async () => {
    expect(await planned({ use: "decide", with: { threshold: 0.3 } }, "calibrate")).toMatch(/has a mistake; .*\n\s*millrace\.config\.json:\d+:\d+ models\.returned\.after\[1\]: .*changes "score" when after\[0\] has decided by it.* Put it before after\[0\]/);
    expect(await planned({ use: "decide", with: { threshold: 0.3 } }, { use: "decide", with: { threshold: 0.6 } })).toMatch(/has a mistake; .*\n.*models\.returned\.after\[1\]: .*gives "decision", which after\[0\] gives/);
    expect(await planned({ use: "standardize", from: ["score"] })).toMatch(/has a mistake; .*\n.*models\.returned\.after\[0\]: .*takes the place of "score" and promises no probability/);
  });
});
