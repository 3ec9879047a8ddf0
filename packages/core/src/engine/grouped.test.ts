import { z } from "zod";
import { describe, expect, it } from "vitest";
import type { ResolvedModel } from "../contracts/resolved.js";
import type { Trainer } from "../contracts/trainer.js";
import { field } from "../frame/frame.js";
import { seeded } from "../frame/random.js";
import { fromRows } from "../frame/rows.js";
import { defineExtension } from "../plugin/extension.js";
import { definePlugin } from "../plugin/plugin.js";
import { readJson } from "../record/artifact-bytes.js";
import type { Comparison, PairedDifference } from "../run/evaluate/comparison.js";
import type { Evaluation } from "../run/evaluate/evaluation.js";
import { judgeGates } from "../run/register/gates.js";
import { samplePlugin } from "../testkit/sample-plugin.js";
import { createTestEngine, testModel } from "../testkit/test-engine.js";

/** Answers with one of its features, whatever it was trained on. */
const echo = (at: number): Trainer<null> => ({
  sparse: { because: "It is one column." },
  train: async () => null,
  lower: (_, input) => new Map([["prediction", [...input.values()][at]!]]),
});

const plugin = definePlugin({
  name: "echo", version: "1.0.0", url: import.meta.url,
  extensions: [defineExtension("trainer", { name: "echo", summary: "Echoes a feature.", options: z.strictObject({ at: z.int().describe("Which one.") }), create: ({ at }) => echo(at) })],
});

interface Row {
  readonly who: string;
  readonly kind: string;
  readonly a: number;
  readonly b: number;
}

const FIELDS = [field("side", "string"), field("who", "string"), field("kind", "string"), field("a", "float64"), field("b", "float64"), field("y", "float64")];
const GATE = { metric: "mean-error", part: "test", slice: null, atLeast: 0, atMost: null, versus: "baseline", bound: "confidence" } as const;

/** Judges two guesses at `y`, which is 0 in each row: the model's is `a`, its baseline's `b`. */
async function judge(test: readonly Row[], columns: Partial<ResolvedModel["columns"]>) {
  const center = (from: string) => ({ use: { kind: "transform", name: "center", with: { scale: 1 } }, from: [from], as: null }) as const;
  // Columns that are centred by training rows whose mean is 0 stay as they are.
  const train = [-1, 1].map((x) => ({ side: "train", who: "nobody", kind: "x", a: x, b: x, y: 0 }));
  const model = testModel({
    columns: { target: "y", ignore: ["side", "who", "kind"], ...columns } as ResolvedModel["columns"],
    split: { rule: "column", with: { name: "side" } },
    features: [center("a"), center("b")],
    train: { kind: "trainer", name: "echo", with: { at: 0 } },
    evaluate: { metrics: [{ kind: "metric", name: "mean-error", with: {} }], slices: ["kind"], baselines: [{ kind: "trainer", name: "echo", with: { at: 1 } }], confidence: 0.95, gates: [GATE] },
  });
  await using engine = await createTestEngine({ frames: [fromRows(FIELDS, [...train, ...test.map((row) => ({ ...row, side: "test", y: 0 }))])], plugins: [samplePlugin, plugin], models: [model] });
  const { record, error } = await engine.run({ only: ["model/compare", "model/evaluate"] });
  if (error !== null) throw error;
  const output = async <T>(name: "comparison" | "evaluation", step: string) => readJson<T>(engine.artifacts, (await engine.store.get("task", record.tasks.find((task) => task.step === step)!.key!))!.value.outputs[name]!);
  const comparison = await output<Comparison>("comparison", "compare");
  const evaluation = await output<Evaluation>("evaluation", "evaluate");
  const [outcome] = judgeGates([GATE], { evaluation, crossValidation: null, comparison }, 0.95);
  return { outcome: outcome!, evaluation, paired: comparison.parts["test"]!["baseline-echo"]!["mean-error"]! };
}

/** Groups of rows; both guesses are off by a number of the group and a little of the row's own, and equally good. */
function rowsOf(seed: string, groups: number, rowsOfEach: number): readonly Row[] {
  const random = seeded(seed);
  return Array.from({ length: groups }, (_, group) => [random(), random(), `${seed}.${group}`] as const).flatMap(([a, b, who]) =>
    Array.from({ length: rowsOfEach }, () => ({ who, kind: "x", a: a + random() / 10, b: b + random() / 10 })),
  );
}

// These names are in three of the jackknife's groups.
const ROWS: readonly Row[] = [["Ann", 1, 2], ["Bob", 2, 1], ["Cid", 4, 8], ["Ann", 3, 5], ["Bob", 1, 1], ["Cid", 1, 4], ["Cid", 2, 3]].map(([who, a, b]) => ({ who: String(who), kind: who === "Cid" ? "rare" : "usual", a: Number(a), b: Number(b) }));

/** The mean of a number of each row, and its error by leaving each name out. */
function byHand(rows: readonly Row[], value: (row: Row) => number) {
  const mean = (some: readonly Row[]) => some.reduce((sum, row) => sum + value(row), 0) / some.length;
  const names = [...new Set(rows.map(({ who }) => who))];
  const without = names.map((name) => mean(rows.filter(({ who }) => who !== name)));
  const centre = without.reduce((sum, each) => sum + each, 0) / names.length;
  return { value: mean(rows), standardError: Math.sqrt(((names.length - 1) / names.length) * without.reduce((sum, each) => sum + (each - centre) ** 2, 0)), degreesOfFreedom: names.length - 1 };
}

describe("a comparison on the same rows", () => {
  it.each([{ group: "who" }, { key: "who" }])("has the error of the difference, without each group or key in turn: %j", async (columns) => {
    const { paired } = await judge(ROWS, columns);
    const { value, standardError, degreesOfFreedom } = byHand(ROWS, ({ a, b }) => b - a);
    expect(paired).toEqual({ difference: expect.closeTo(value, 6), standardError: expect.closeTo(standardError, 6), degreesOfFreedom } satisfies PairedDifference);
  });

  it("passes no gate, and says why, where all rows are of one group", async () => {
    const { outcome, paired } = await judge(ROWS.map((row) => ({ ...row, who: "Ann" })), { group: "who" });
    expect(paired).toMatchObject({ standardError: null, degreesOfFreedom: 0 });
    expect(outcome).toMatchObject({ passed: false, message: expect.stringContaining("fewer than 2 groups of rows") });
  });

  it("passes equal models on groups of dependent rows in at most 5 % of 40 seeded cases", async () => {
    let passed = 0;
    for (let trial = 0; trial < 40; trial++) if ((await judge(rowsOf(`A/A ${trial}`, 20, 10), { group: "who" })).outcome.passed) passed++;
    expect(passed).toBeLessThanOrEqual(2);
  });
});

describe("an evaluation of grouped rows", () => {
  it("has errors by group: of the model, of baselines, and of slices", async () => {
    const { evaluation } = await judge(ROWS, { group: "who" });
    const told = (rows: readonly Row[], value: (row: Row) => number) => {
      const found = byHand(rows, value);
      return { value: expect.closeTo(found.value, 6) as number, standardError: expect.closeTo(found.standardError, 6) as number, degreesOfFreedom: found.degreesOfFreedom };
    };
    expect(evaluation.parts.test!.metrics["mean-error"]).toMatchObject(told(ROWS, ({ a }) => a));
    expect(Object.values(evaluation.baselines)[0]!.test!.metrics["mean-error"]).toMatchObject(told(ROWS, ({ b }) => b));
    expect(evaluation.slices["kind"]!["usual"]!.test!.metrics["mean-error"]).toMatchObject(told(ROWS.filter(({ kind }) => kind === "usual"), ({ a }) => a));
    expect(evaluation.slices["kind"]!["rare"]!.test!.metrics["mean-error"]).toMatchObject({ standardError: null, degreesOfFreedom: 0 });
  });
});
