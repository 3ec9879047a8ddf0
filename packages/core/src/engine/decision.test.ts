import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Metric, MetricResult } from "../contracts/metric.js";
import type { ResolvedModel, TransformUse } from "../contracts/resolved.js";
import type { Trainer } from "../contracts/trainer.js";
import type { Transform } from "../contracts/transform.js";
import { defineFold } from "../fold/define-fold.js";
import { field } from "../frame/frame.js";
import { toFloat64 } from "../frame/missing.js";
import { fromRows } from "../frame/rows.js";
import { arithmetic } from "../graph/arithmetic.js";
import { signatureOf } from "../graph/read.js";
import { defineExtension } from "../plugin/extension.js";
import { definePlugin } from "../plugin/plugin.js";
import { readBytes, readJson } from "../record/artifact-bytes.js";
import { findVersion } from "../record/model-versions.js";
import type { Comparison } from "../run/evaluate/comparison.js";
import type { CrossValidation } from "../run/evaluate/cross-validation.js";
import type { Evaluation } from "../run/evaluate/evaluation.js";
import type { Lineage } from "../run/register/lineage.js";
import { samplePlugin } from "../testkit/sample-plugin.js";
import { createTestEngine, testMemory, testModel } from "../testkit/test-engine.js";

/** The first feature is the score. */
const first: Trainer<null> = {
  sparse: { because: "It takes its first feature as it is." },
  train: async () => null,
  lower: (_, input, graph) => new Map([["score", arithmetic(graph).mul([...input.values()][0]!, 1)]]),
};

const decides = (least: number): Transform<null> => ({
  learnsFrom: "inputs",
  fields: () => [field("decision", "bool")],
  fit: () => defineFold({ start: () => null, add: () => null, merge: () => null, finish: () => null }),
  lower(_, input, graph) {
    const { where, greaterOrEqual } = arithmetic(graph);
    return new Map([["decision", where(greaterOrEqual([...input.values()][0]!, least), 1, 0)]]);
  },
});

/** The share of rows where acting differs from `known` > 0.25; where the model does not decide, it is taken to act from 0.5 on. */
const wrong: Metric = {
  direction: "minimize",
  columns: ["known"],
  fold: () =>
    defineFold({
      start: () => ({ rows: 0, wrong: 0 }),
      add({ rows, wrong: before }, batch) {
        const acted = batch.fields.some(({ name }) => name === "$decision") ? [...toFloat64(batch.column("$decision"))] : [...toFloat64(batch.column("$prediction"))].map((score) => (score >= 0.5 ? 1 : 0));
        const known = toFloat64(batch.column("known"));
        return { rows: rows + batch.length, wrong: before + acted.filter((one, row) => one !== (known[row]! > 0.25 ? 1 : 0)).length };
      },
      merge: (left, right) => ({ rows: left.rows + right.rows, wrong: left.wrong + right.wrong }),
      finish: ({ rows, wrong: count }): MetricResult => ({ value: rows === 0 ? null : count / rows, standardError: null, plot: null }),
    }),
};

const least = z.strictObject({ least: z.number() });
const plugin = definePlugin({
  name: "acting",
  version: "0.1.0",
  url: import.meta.url,
  extensions: [
    defineExtension("trainer", { name: "first", summary: "The first feature.", options: z.strictObject({}), create: () => first }),
    defineExtension("transform", { name: "decides", summary: "From a score on.", options: least, create: (options) => decides(options.least) }),
    defineExtension("metric", { name: "wrong", summary: "Wrong decisions.", options: z.strictObject({}), create: () => wrong }),
  ],
});

const trainer = { kind: "trainer", name: "first", with: {} } as const;
const decision = (threshold: number, as: string | null = null): TransformUse => ({ use: { kind: "transform", name: "decides", with: { least: threshold } }, from: [], as });
const gate = { metric: "wrong", part: "test", slice: null, atLeast: 0.1, atMost: null, versus: "champion", bound: "confidence" } as const;
const frame = fromRows([field("x", "float64"), field("known", "float64"), field("side", "string"), field("y", "string")], Array.from({ length: 400 }, (_, row) => ({ x: (row % 10) / 10, known: (row % 10) / 10, side: row % 3 === 0 ? "left" : "right", y: row % 2 === 0 ? "yes" : "no" })));

async function run(after: readonly TransformUse[], { memory = testMemory(), ...more }: Partial<ResolvedModel> & { readonly memory?: ReturnType<typeof testMemory> } = {}) {
  const evaluate = { metrics: [{ kind: "metric", name: "wrong", with: {} }], slices: ["side"], baselines: [trainer], confidence: 0.95, gates: [] } as const;
  const model = testModel({ columns: { target: "y", positive: "yes", ignore: ["side", "known"] } as Partial<ResolvedModel["columns"]> as ResolvedModel["columns"], train: trainer, evaluate, after, register: { alias: "champion" }, ...more });
  await using engine = await createTestEngine({ frames: [frame], plugins: [samplePlugin, plugin], models: [model], memory });
  const { record, error } = await engine.run();
  expect(error).toBeNull();
  const version = await findVersion(engine.store, "model@champion");
  const { artifacts } = await readJson<Lineage>(engine.artifacts, version.lineage);
  const read = async <T>(input: string) => readJson<T>(engine.artifacts, artifacts[input]!);
  const card = new TextDecoder().decode(await readBytes(engine.artifacts, version.card));
  return { card, evaluation: await read<Evaluation>("evaluation"), signature: signatureOf(await readBytes(engine.artifacts, version.onnx)), summary: record.tasks.at(-1)!.summary, read };
}

describe("metrics of a model that decides", () => {
  it("judge its decision, whatever it is called, on all parts, slices and shuffled rows; baselines have none", async () => {
    for (const as of [null, "call"]) {
      const { evaluation, signature, card } = await run([decision(0.25, as)]);
      expect(card).toContain(`Metrics of decisions without a threshold of their own judge \`${as ?? "decision"}\`, and not the label`);
      expect(signature.decision).toBe(as ?? "decision");
      expect(Object.values(evaluation.parts).map(({ metrics }) => metrics["wrong"])).toMatchObject(Array.from({ length: 3 }, () => ({ value: 0, standardError: 0 })));
      expect(Object.values(evaluation.slices["side"]!).map(({ test }) => test!.metrics["wrong"]!.value)).toEqual([0, 0]);
      expect(evaluation.importance!.columns[0]!.drop).toBeGreaterThan(0.2);
      expect(Object.values(evaluation.baselines)[0]!.test!.metrics["wrong"]!.value).toBeGreaterThan(0.1);
    }
  });

  it("judge the first of two decisions, and none where nothing decides", async () => {
    const two = await run([decision(0.25, "warn"), decision(0.85, "stop")]);
    expect(two.signature.decision).toBe("warn");
    expect(two.evaluation.parts.test!.metrics["wrong"]!.value).toBe(0);
    const none = await run([]);
    expect(none.signature).not.toHaveProperty("decision");
    expect(none.card).toContain("choose a threshold on the score");
    expect(none.evaluation.parts.test!.metrics["wrong"]!.value).toBeGreaterThan(0.1);
  });

  it("compare it with a champion that does not decide, and with one that decides otherwise", async () => {
    const evaluate = { metrics: [{ kind: "metric", name: "wrong", with: {} }], slices: [], baselines: [], confidence: 0.95, gates: [gate] } as const;
    for (const before of [[], [decision(0.75)]]) {
      const memory = testMemory();
      await run(before, { memory });
      const { read, summary } = await run([decision(0.25)], { memory, evaluate });
      const { difference, standardError } = (await read<Comparison>("comparison")).parts["test"]!["champion"]!["wrong"]!;
      expect(difference).toBeGreaterThan(0.15);
      expect(standardError).toBeGreaterThan(0);
      expect(summary).toMatchObject({ gates: "passed" });
    }
  });

  it("judge the models of cross-validation, behind which nothing stands, without one", async () => {
    const { read, evaluation } = await run([decision(0.25)], { split: { rule: "hash", with: { test: 0.2, validation: 0.2, parts: 2 } } });
    expect(evaluation.parts.test!.metrics["wrong"]!.value).toBe(0);
    expect((await read<CrossValidation>("crossValidation")).metrics[0]!.mean).toBeGreaterThan(0.1);
  });
});
