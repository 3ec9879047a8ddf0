import { z } from "zod";
import { describe, expect, it } from "vitest";
import type { Metric } from "../contracts/metric.js";
import type { Json } from "../contracts/json.js";
import type { ResolvedModel, TransformUse } from "../contracts/resolved.js";
import type { Trainer } from "../contracts/trainer.js";
import type { Transform } from "../contracts/transform.js";
import { defineFold } from "../fold/define-fold.js";
import { field } from "../frame/frame.js";
import { toFloat64 } from "../frame/missing.js";
import { fromRows } from "../frame/rows.js";
import { withColumn } from "../frame/take.js";
import { textColumn } from "../frame/text-column.js";
import { arithmetic } from "../graph/arithmetic.js";
import { defineExtension } from "../plugin/extension.js";
import { definePlugin } from "../plugin/plugin.js";
import { readBytes } from "../record/artifact-bytes.js";
import { findVersion } from "../record/model-versions.js";
import { samplePlugin } from "../testkit/sample-plugin.js";
import { createTestEngine, testModel } from "../testkit/test-engine.js";

const first: Trainer<null> = {
  sparse: { because: "It takes its first feature as it is." },
  train: async () => null,
  lower: (_, input, graph) => new Map([["score", arithmetic(graph).mul([...input.values()][0]!, 1)]]),
};

const nothing = () => defineFold({ start: () => null, add: () => null, merge: () => null, finish: () => null });

/** The square of a score. */
const squared: Transform<null> = {
  learnsFrom: "target",
  fields: (input) => input.map((one) => ({ ...one, dtype: "float32" as const })),
  fit: nothing,
  lower: (_, input, graph) => new Map([...input].map(([name, value]) => [name, arithmetic(graph).mul(value, value)])),
};

const decides: Transform<null> = {
  learnsFrom: "inputs",
  fields: () => [field("decision", "bool")],
  fit: nothing,
  lower(_, input, graph) {
    const { where, greaterOrEqual } = arithmetic(graph);
    return new Map([["decision", where(greaterOrEqual([...input.values()][0]!, 0.5), 1, 0)]]);
  },
};

/** The score of the row of number 7; undefined where that row is not there. */
const ofSeven: Metric = {
  direction: "maximize",
  columns: ["id"],
  fold: () =>
    defineFold({
      start: () => ({ value: null as number | null }),
      add(partial, batch) {
        const at = toFloat64(batch.column("id")).indexOf(7);
        return at < 0 ? partial : { value: toFloat64(batch.column("$prediction"))[at]! };
      },
      merge: (left, right) => ({ value: left.value ?? right.value }),
      finish: ({ value }) => ({ value, standardError: null, plot: null }),
    }),
};

const none = z.strictObject({});
const plugin = definePlugin({
  name: "parted",
  version: "0.1.0",
  url: import.meta.url,
  extensions: [
    defineExtension("trainer", { name: "first", summary: "The first feature.", options: none, create: () => first }),
    defineExtension("transform", { name: "squared", summary: "Squares.", options: none, create: () => squared }),
    defineExtension("transform", { name: "decides", summary: "Decides.", options: none, create: () => decides }),
    defineExtension("metric", { name: "of-seven", summary: "Of one row.", options: none, create: () => ofSeven }),
  ],
});

const behind = (name: string, as: string | null = null): TransformUse => ({ use: { kind: "transform", name, with: {} }, from: [], as });
const frame = fromRows([field("x", "float64"), field("id", "int32"), field("side", "string"), field("y", "string")], Array.from({ length: 90 }, (_, row) => ({ x: (row % 10) / 10, id: row, side: row < 60 ? "train" : row < 75 ? "validation" : "test", y: row % 3 === 0 ? "no" : "yes" })));

/** The cross-validation of a model in three parts: its task, what its splits say, and its section on the card. */
async function parted(more: Partial<ResolvedModel>, metric = "mean-error", data = frame) {
  const model = testModel({
    columns: { target: "y", positive: "yes", ignore: ["id", "side"] } as Partial<ResolvedModel["columns"]> as ResolvedModel["columns"],
    train: { kind: "trainer", name: "first", with: {} },
    split: { rule: "column", with: { name: "side", parts: 3 } },
    evaluate: { metrics: [{ kind: "metric", name: metric, with: {} }], slices: [], baselines: [], confidence: 0.95, gates: [] },
    register: { alias: "champion" },
    ...more,
  });
  await using engine = await createTestEngine({ frames: [data], plugins: [samplePlugin, plugin], models: [model] });
  const { record, error } = await engine.run();
  expect(error).toBeNull();
  const card = new TextDecoder().decode(await readBytes(engine.artifacts, (await findVersion(engine.store, "model@champion")).card));
  const { remarks = [] } = record.tasks.find(({ step }) => step === "cross-validate")!.summary as { readonly remarks?: readonly string[] };
  const plan = await engine.plan();
  const ofSplits = record.tasks.filter(({ step }) => step === "resplit").map(({ summary }) => (summary as { readonly remarks?: readonly string[] }).remarks ?? []);
  return { remarks, ofSplits, section: /## Cross-validation\n\n([^]*?)\n\n/.exec(card)![1]!, task: plan.tasks.find(({ step }) => step === "cross-validate")! };
}

const WITHOUT = (names: string) => `The models of the parts are judged without ${names} of \`after\``;

describe("cross-validation of a model that something stands behind", () => {
  it("says that the parts are judged without what changes the value or decides", async () => {
    for (const [after, names] of [[[behind("squared")], "`squared`"], [[behind("decides", "call")], "`decides`"], [[behind("squared"), behind("decides")], "`squared` and `decides`"]] as const) {
      const { remarks, section } = await parted({ after });
      expect(remarks).toEqual([expect.stringContaining(WITHOUT(names))]);
      expect(section).toContain(WITHOUT(names));
    }
  });

  it("says nothing of what adds a value beside it, and where nothing stands there its key knows nothing of it", async () => {
    const beside = await parted({ after: [behind("squared", "other")] });
    expect([beside.remarks, beside.section]).toEqual([[], expect.not.stringContaining("without")]);
    const { remarks, section, task } = await parted({});
    expect([remarks, section]).toEqual([[], expect.not.stringContaining("without")]);
    expect([task.options, task.uses]).toEqual([{} satisfies Json, {}]);
  });
});

it("a metric that has no value in some parts is told in the run and on the card", async () => {
  const { remarks, section } = await parted({}, "of-seven");
  expect(remarks).toEqual(["of-seven has no value in 2 of the 3 parts: its mean is that of the other."]);
  expect(section).toContain(remarks[0]!);
});

it("a part that has no row of a class is told, whatever metric counts it as 0", async () => {
  const rare = (positive: readonly number[]) => withColumn(frame, field("y", "string"), textColumn(Array.from({ length: 90 }, (_, row) => (positive.includes(row) ? "yes" : "no")), "y"));
  const { ofSplits } = await parted({}, "mean-error", rare([7, 80]));
  const said = ofSplits.flatMap((remarks) => remarks);
  expect(said).toHaveLength(2);
  for (const remark of said) expect(remark).toMatch(/^This part has no row of 1 of the 2 classes, so that a metric of such a class is undefined here, or 0\. Fewer parts than 3, or a split by random/);
  expect((await parted({})).ofSplits).toEqual([[], [], []]);
});
