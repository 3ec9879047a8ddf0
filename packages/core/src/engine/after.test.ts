import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Field } from "../contracts/frame.js";
import type { ResolvedModel, TransformUse } from "../contracts/resolved.js";
import type { Problem, Trainer } from "../contracts/trainer.js";
import type { Transform } from "../contracts/transform.js";
import type { MillraceError } from "../errors/millrace-error.js";
import { defineFold } from "../fold/define-fold.js";
import { field } from "../frame/frame.js";
import { toFloat64 } from "../frame/missing.js";
import { fromRows, type Row } from "../frame/rows.js";
import { arithmetic } from "../graph/arithmetic.js";
import { fill } from "../graph/columns.js";
import { referenceRuntime } from "../graph/reference/runtime.js";
import { defineExtension } from "../plugin/extension.js";
import { definePlugin } from "../plugin/plugin.js";
import { readBytes } from "../record/artifact-bytes.js";
import { loadModel } from "../record/load-model.js";
import { findVersion } from "../record/model-versions.js";
import { samplePlugin } from "../testkit/sample-plugin.js";
import { createTestEngine, testMemory, testModel } from "../testkit/test-engine.js";

const none = z.strictObject({});
const DOUBT = "The scores are made up.";
const FACT = "Nothing was learnt.";
const CHOICE = "Nothing was left out.";

/** The feature as it is, or half of it for each of two classes; says of itself that it is not to be believed. */
function raw(problem: () => Problem["kind"]): Trainer<{ readonly remarks: unknown }> {
  return {
    sparse: { because: "It takes its first feature as it is." },
    train: async () => ({ remarks: [{ about: "probabilities", sentence: DOUBT }, { about: "training", sentence: FACT }] }),
    lower(_, input, graph) {
      const [x] = [...input.values()];
      const { sub, mul } = arithmetic(graph);
      if (problem() === "binary") return new Map([["score", mul(x!, 1)]]);
      return new Map([["probabilities", graph.stack([mul(x!, 0.5), mul(x!, 0.5), sub(1, x!)])]]);
    },
  };
}

/** The mean of the validation targets, for every row; `targets` gets the field that it learnt from. */
function meanTarget(targets: (Field | null)[]): Transform<{ readonly mean: number; readonly remarks: unknown }> {
  return {
    learnsFrom: "target",
    fields: (input) => input.map((one) => ({ ...one, dtype: "float32" as const })),
    fit(_, target) {
      targets.push(target);
      return defineFold({
        start: () => ({ rows: 0, total: 0 }),
        add: ({ rows, total }, batch) => ({ rows: rows + batch.length, total: total + toFloat64(batch.column("$target")).reduce((sum, value) => sum + value, 0) }),
        merge: (left, right) => ({ rows: left.rows + right.rows, total: left.total + right.total }),
        finish: ({ rows, total }) => ({ mean: total / rows, remarks: [{ about: "after", sentence: "Every row has the mean." }] }),
      });
    },
    lower: ({ mean }, input, graph) => new Map([...input].map(([name, value]) => [name, fill(graph, value, mean)])),
  };
}

/** The feature as it is, and a word about it. */
const told: Transform<{ readonly remarks: unknown }> = {
  learnsFrom: "inputs",
  fields: (input) => input.map(({ name }) => field(name, "float32")),
  fit: () => defineFold({ start: () => null, add: () => null, merge: () => null, finish: () => ({ remarks: [{ about: "training", sentence: CHOICE }] }) }),
  lower: (_, input) => input,
};

/** A truth and a word beside the score. */
const verdict: Transform<null> = {
  learnsFrom: "inputs",
  fields: () => [{ ...field("verdict", "bool") }, { ...field("word", "string") }, { ...field("twice", "float32") }],
  fit: () => defineFold({ start: () => null, add: () => null, merge: () => null, finish: () => null }),
  lower(_, input, graph) {
    const { where, greaterOrEqual, mul } = arithmetic(graph);
    const [score] = [...input.values()];
    const isHigh = greaterOrEqual(score!, 0.5);
    const table = graph.constant({ dtype: "string", dims: [2], values: ["low", "high"] });
    const [index] = graph.node("Cast", [isHigh], [field("index", "int64")], { to: 7n });
    const [word] = graph.node("Gather", [table, index!], [field("word", "string")], { axis: 0n });
    return new Map([["verdict", where(isHigh, 1, 0)], ["word", word!], ["twice", mul(score!, 2)]]);
  },
};

const behind = (name: string, more: Partial<TransformUse> = {}): TransformUse => ({ use: { kind: "transform", name, with: {} }, from: [], as: null, ...more });

function project(after: readonly TransformUse[], kind: Problem["kind"] = "binary", memory = testMemory(), more: Partial<ResolvedModel> = {}) {
  const targets: (Field | null)[] = [];
  const plugin = definePlugin({
    name: "behind",
    version: "0.1.0",
    url: import.meta.url,
    extensions: [
      defineExtension("trainer", { name: "raw", summary: "The feature.", options: none, create: () => raw(() => kind) }),
      defineExtension("transform", { name: "mean-score", summary: "The mean.", options: none, create: () => meanTarget(targets) }),
      defineExtension("transform", { name: "told", summary: "The feature.", options: none, create: () => told }),
      defineExtension("transform", { name: "verdict", summary: "A truth.", options: none, create: () => verdict }),
    ],
  });
  const words = kind === "binary" ? ["no", "yes", "yes"] : ["a", "b", "c"];
  const frame = fromRows([field("x", "float64"), field("y", "string")], Array.from({ length: 90 }, (_, row) => ({ x: (row % 10) / 10, y: words[row % 3]! })));
  const model = testModel({ columns: { target: "y", positive: kind === "binary" ? "yes" : null } as ResolvedModel["columns"], train: { kind: "trainer", name: "raw", with: {} }, after, register: { alias: "champion" }, ...more });
  const engine = () => createTestEngine({ frames: [frame], plugins: [samplePlugin, plugin], models: [model], memory });
  return {
    targets,
    async run() {
      await using one = await engine();
      return one.run();
    },
    async answer(row: Row) {
      await using one = await engine();
      await using loaded = await loadModel("model@champion", { ...one, runtime: referenceRuntime });
      return (await loaded.predict([row]))[0]!;
    },
    async card() {
      await using one = await engine();
      return new TextDecoder().decode(await readBytes(one.artifacts, (await findVersion(one.store, "model@champion")).card));
    },
  };
}

describe("what stands behind a model", () => {
  it("takes the place of the score, and label and probabilities follow it", async () => {
    const { run, answer, targets } = project([behind("mean-score")]);
    expect((await run()).error).toBeNull();
    const { score, label, probabilities } = (await answer({ x: 0 })) as { score: number; label: string; probabilities: readonly number[] };
    expect(score).toBeGreaterThan(0.5);
    expect(label).toBe("yes");
    expect(probabilities[1]).toBe(score);
    expect(targets).toEqual([field("$target", "float64")]);
  });

  it("is an output of its own under another name: numbers as float32, truths as bool, text as text", async () => {
    for (const [from, said] of [["score", { likely: false, word: "low", twice: 0.5 }], ["mean", { likely: true, word: "high", twice: expect.closeTo(1.2, 0) as number }]] as const) {
      const { run, answer } = project([behind("mean-score", { as: "mean" }), behind("verdict", { from: [from], as: "likely" })]);
      expect((await run()).error).toBeNull();
      expect(await answer({ x: 0.25 })).toMatchObject({ score: 0.25, label: "no", mean: expect.closeTo(0.6, 0), ...said });
    }
  });

  it("learns from the classes' codes where there are several", async () => {
    const { run, targets } = project([behind("mean-score", { as: "mean" })], "multiclass");
    await run();
    expect(targets).toEqual([field("$target", "int32", { categories: ["a", "b", "c"] })]);
  });

  it("leaves the trained model alone where it changes", async () => {
    const memory = testMemory();
    await project([behind("mean-score")], "binary", memory).run();
    const { record } = await project([behind("mean-score", { as: "mean" }), behind("verdict")], "binary", memory).run();
    expect(record.tasks.filter(({ status }) => status === "succeeded").map(({ step }) => step)).toEqual(["fit", "after", "evaluate", "certify", "register"]);
  });

  it("is refused before anything runs where it reads what is not there, or takes a name of the core's", async () => {
    const issuesOf = (after: readonly TransformUse[]) => project(after).run().then(() => [], (error: MillraceError) => error.facts["issues"]);
    expect(await issuesOf([behind("verdict", { from: ["scores"] }), behind("verdict", { as: "label" })])).toMatchObject([
      { path: expect.stringMatching(/\.after\[0\]\.from\[0\]$/), nearest: "score" },
      { path: expect.stringMatching(/\.after\[1\]\.as$/) },
    ]);
  });
});

describe("remarks", () => {
  it("of a trainer stand in the run's summary and on the card", async () => {
    const { run, card } = project([behind("verdict")]);
    const { record } = await run();
    const [train, register] = ["train", "register"].map((name) => record.tasks.find(({ step }) => step === name)!.summary);
    expect(train).toMatchObject({ remarks: [FACT] });
    expect(register).toMatchObject({ remarks: [DOUBT] });
    expect(await card()).toContain(`- ${DOUBT}`);
  });

  it("of a feature stand there too, once, and not with baselines and parts of cross-validation", async () => {
    const features: TransformUse[] = [behind("told", { from: ["x"] })];
    const { run, card } = project([], "binary", testMemory(), { features, split: { rule: "hash", with: { test: 0.2, validation: 0.2, parts: 3 } } });
    const { record, error } = await run();
    expect(error).toBeNull();
    expect(record.tasks.filter(({ summary }) => JSON.stringify(summary).includes(CHOICE)).map(({ task }) => task)).toEqual(["model/train"]);
    expect(await card()).toContain(`- ${CHOICE}`);
  });

  it("are told once where parts of cross-validation have models of their own", async () => {
    const { run } = project([behind("mean-score")], "binary", testMemory(), { split: { rule: "hash", with: { test: 0.2, validation: 0.2, parts: 3 } } });
    const { record, error } = await run();
    expect(error).toBeNull();
    const trainings = record.tasks.filter(({ task, step }) => step === "train" && !task.includes("baseline"));
    expect(trainings).toHaveLength(4);
    expect(trainings.filter(({ summary }) => JSON.stringify(summary).includes(FACT)).map(({ task }) => task)).toEqual(["model/train"]);
  });

  it("on probabilities fall away where they are learnt anew, and only there", async () => {
    const anew = project([behind("mean-score")]);
    const { record } = await anew.run();
    expect(record.tasks.find(({ step }) => step === "after")!.summary).toMatchObject({ remarks: ["Every row has the mean."] });
    expect(JSON.stringify(record.tasks.map(({ summary }) => summary))).not.toContain(DOUBT);
    expect(await anew.card()).not.toContain(DOUBT);
    expect(await anew.card()).toContain("- Every row has the mean.");
    const beside = project([behind("mean-score", { as: "mean" })]);
    await beside.run();
    expect(await beside.card()).toContain(DOUBT);
  });
});
