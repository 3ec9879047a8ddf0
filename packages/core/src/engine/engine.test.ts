import { describe, expect, it, vi } from "vitest";
import type { Frame } from "../contracts/frame.js";
import type { ResolvedModel } from "../contracts/resolved.js";
import { MillraceError } from "../errors/millrace-error.js";
import { fromRows } from "../frame/rows.js";
import { field } from "../frame/frame.js";
import { loadModel } from "../record/load-model.js";
import { moveAlias } from "../record/aliases.js";
import { readJson } from "../record/artifact-bytes.js";
import type { Evaluation } from "../run/evaluate/evaluation.js";
import { findVersion } from "../record/model-versions.js";
import { referenceRuntime } from "../graph/reference/runtime.js";
import { samplePlugin } from "../testkit/sample-plugin.js";
import { createTestEngine, testMemory, testModel, type TestMemory } from "../testkit/test-engine.js";

const FIELDS = [field("x", "float64"), field("city", "string"), field("y", "float64")];

function rows(count: number): Frame {
  return fromRows(FIELDS, Array.from({ length: count }, (_, row) => ({ x: row % 7, city: ["Rome", "Oslo", null][row % 3]!, y: row % 7 })));
}

const gate = { metric: "mean-error", part: "test", slice: null, atLeast: null, atMost: 10, versus: null, bound: "point" } as const;

function model(more: Partial<ResolvedModel> = {}): ResolvedModel {
  return testModel({
    columns: { target: "y" } as ResolvedModel["columns"],
    features: [{ use: { kind: "transform", name: "center", with: { scale: 1 } }, from: ["x"], as: null }],
    train: { kind: "trainer", name: "constant", with: { scale: 1 } },
    usualMetrics: null,
    evaluate: { metrics: [{ kind: "metric", name: "mean-error", with: {} }], slices: ["city"], baselines: [{ kind: "trainer", name: "constant", with: { scale: 0 } }], confidence: 0.95, gates: [gate] },
    register: { alias: "champion" },
    ...more,
  });
}

const engineOf = (frames: readonly Frame[], models: readonly ResolvedModel[], memory?: TestMemory, folder?: string) =>
  createTestEngine({ frames, plugins: [samplePlugin], models, ...(memory === undefined ? {} : { memory }), ...(folder === undefined ? {} : { folder }) });

async function statuses(frames: readonly Frame[], models: readonly ResolvedModel[], memory: TestMemory) {
  await using engine = await engineOf(frames, models, memory);
  const { record, error } = await engine.run();
  if (error !== null) throw error;
  return Object.fromEntries(record.tasks.map(({ task, status }) => [task, status]));
}

describe("a run", () => {
  it("takes a model from its source to the registry, and its alias with it", async () => {
    const memory = testMemory();
    await using engine = await engineOf([rows(100), rows(50)], [model()], memory);
    const { record, error } = await engine.run();
    expect(error).toBeNull();
    expect(record.status).toBe("succeeded");
    expect(record.tasks.map(({ task, status }) => [task, status])).toEqual(
      ["read", "split", "profile", "check", "fit", "train", "baseline-constant", "evaluate", "certify", "register"].map((name) => [`model/${name}`, "succeeded"]),
    );
    expect(record.tasks.find(({ task }) => task === "model/fit")!.needs).toEqual(["model/read", "model/split", "model/check"]);
    expect(record.environment).toMatchObject({ node: process.version, commit: null, lock: null });
    const evaluation = await readJson<Evaluation>(engine.artifacts, (await findVersion(engine.store, "model@1")).metrics);
    expect(evaluation.parts.test!.metrics["mean-error"]!.standardError).toBeGreaterThan(0);
    const version = await findVersion(engine.store, "model@champion");
    expect(version).toMatchObject({ version: 1, gates: "passed" });
    await using loaded = await loadModel("model@champion", { ...engine, runtime: referenceRuntime });
    const [answer] = await loaded.predict([{ x: 3, city: "Rome" }]);
    expect(answer!["prediction"]).toBeCloseTo(3, 0);
  });

  it("trains on a changed target, and predicts in the target's own unit", async () => {
    const half = { use: { kind: "transform", name: "target-half", with: {} }, from: [], as: null } as const;
    const memory = testMemory();
    await statuses([rows(100)], [model({ name: "plain" }), model({ name: "halved", after: [half] })], memory);
    await using engine = await engineOf([rows(100)], [], memory);
    await using plain = await loadModel("plain@champion", { ...engine, runtime: referenceRuntime });
    await using halved = await loadModel("halved@champion", { ...engine, runtime: referenceRuntime });
    const row = { x: 3, city: "Rome" };
    expect(await halved.predict([row])).toEqual(await plain.predict([row]));
  });

  it("reuses everything where nothing changed, and plans so", async () => {
    const memory = testMemory();
    await statuses([rows(100)], [model()], memory);
    await using engine = await engineOf([rows(100)], [model()], memory);
    const plan = await engine.plan();
    expect(new Set(plan.tasks.map(({ verdict }) => verdict))).toEqual(new Set(["reuse"]));
    const { record } = await engine.run();
    expect(new Set(record.tasks.map(({ status }) => status))).toEqual(new Set(["reused"]));
    expect((await engine.store.find("model", {})).length).toBe(1);
  });

  it("runs again what depends on a changed option, and nothing else; the plan had said so", async () => {
    const memory = testMemory();
    await statuses([rows(100)], [model()], memory);
    const changed = model({ train: { kind: "trainer", name: "constant", with: { scale: 0.5 } } });
    await using engine = await engineOf([rows(100)], [changed], memory);
    const plan = await engine.plan();
    const verdicts = Object.fromEntries(plan.tasks.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toEqual({
      "model/read": "reuse", "model/split": "reuse", "model/profile": "reuse", "model/check": "reuse", "model/fit": "reuse", "model/train": "run", "model/baseline-constant": "reuse",
      "model/evaluate": "run-unless-same", "model/certify": "run-unless-same", "model/register": "run-unless-same",
    });
    expect((await engine.why("model/train")).differences).toEqual([{ entry: "train.with.scale", before: 1, after: 0.5 }]);
    const { record } = await engine.run();
    const ran = record.tasks.filter(({ status }) => status === "succeeded").map(({ task }) => task);
    expect(ran).toEqual(["model/train", "model/evaluate", "model/certify", "model/register"]);
  });

  it("stops at a task whose inputs came out the same", async () => {
    const memory = testMemory();
    await statuses([rows(100)], [model()], memory);
    const sameModel = model({ columns: { ...model().columns, pii: ["y"] }, check: [{ kind: "check", name: "positive", with: { column: "y" } }] });
    const again = await statuses([rows(100)], [sameModel], memory);
    expect(again).toMatchObject({ "model/read": "reused", "model/split": "succeeded", "model/check": "succeeded" });
    expect(again["model/train"]).toBe("reused");
    expect(again["model/certify"]).toBe("reused");
  });

  it("gives the same digests under another clock, in another folder and in other batches", async () => {
    const digests = async (frames: readonly Frame[], folder: string) => {
      await using engine = await engineOf(frames, [model()], testMemory(), folder);
      await engine.run();
      const { onnx, metrics, card, certificate, golden, lineage, signature } = await findVersion(engine.store, "model@champion");
      const keys = (await engine.store.find("task", {})).map(({ id }) => id);
      return { onnx, metrics, card, certificate, golden, lineage, signature, keys };
    };
    const first = await digests([rows(90)], "/here");
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2031-05-06T07:08:09Z") });
    const second = await digests([rows(90)], "/there/entirely");
    vi.useRealTimers();
    expect(second).toEqual(first);
  });

  it("keeps a model whose gate failed, and moves no alias", async () => {
    const strict = model({ evaluate: { ...model().evaluate, gates: [{ ...gate, atMost: 0.001 }] } });
    await using engine = await engineOf([rows(100)], [strict]);
    const { record } = await engine.run();
    expect(record.status).toBe("succeeded");
    expect(record.tasks.at(-1)!.summary).toMatchObject({ version: 1, gates: "failed", alias: null });
    await expect(findVersion(engine.store, "model@champion")).rejects.toMatchObject({ code: "MODEL_NOT_FOUND" });
    expect(await findVersion(engine.store, "model@1")).toMatchObject({ gates: "failed" });
  });

  it("never moves an alias for a sample", async () => {
    await using engine = await engineOf([rows(100)], [model()]);
    const { record } = await engine.run({ sample: 40 });
    expect(record.tasks.find(({ step }) => step === "read")!.ledger).toEqual({ rowsIn: 100, rowsOut: 40, dropped: [{ reason: "not in the sample", rows: 60 }] });
    expect(record.tasks.at(-1)!.summary).toMatchObject({ gates: "passed", alias: null });
    // A bare name never means a sample, and nobody promotes one by hand.
    await expect(findVersion(engine.store, "model")).rejects.toMatchObject({ code: "MODEL_NOT_FOUND" });
    await expect(moveAlias(engine.store, { model: "model", alias: "champion", to: 1, reason: "by hand", at: "2026-01-01T00:00:00.000Z" })).rejects.toMatchObject({ code: "MODEL_SAMPLE" });
  });

  it("goes on from the last finished task after an interruption", async () => {
    const memory = testMemory();
    const stop = new AbortController();
    await using engine = await engineOf([rows(100)], [model()], memory);
    const { record } = await engine.run({ signal: stop.signal, onEvent: (event) => event.kind === "task-ended" && event.task.step === "fit" && stop.abort() });
    expect(record.status).toBe("interrupted");
    expect(record.tasks.find(({ step }) => step === "train")!.status).toBe("skipped");
    const again = await statuses([rows(100)], [model()], memory);
    expect(again).toMatchObject({ "model/fit": "reused", "model/train": "succeeded", "model/register": "succeeded" });
  });

  it("runs a task again whose artifacts are gone", async () => {
    const memory = testMemory();
    await statuses([rows(100)], [model()], memory);
    memory.bytes.delete((await engineOf([], [model()], memory).then((engine) => findVersion(engine.store, "model@champion"))).onnx);
    await using engine = await engineOf([rows(100)], [model()], memory);
    const plan = await engine.plan();
    expect(plan.tasks.find(({ id }) => id === "model/train")).toMatchObject({ verdict: "run", why: 'its artifact "model" is gone' });
    expect((await engine.run()).record.status).toBe("succeeded");
  });

  it("cross-validates by parts: each judged by a model of the others, groups whole, and all of it cached", async () => {
    const memory = testMemory();
    const parts = 4;
    const validated = model({
      split: { rule: "hash", with: { test: 0.2, validation: 0, parts } },
      columns: { ...model().columns, group: "city" },
      evaluate: { ...model().evaluate, gates: [{ ...gate, part: "cross-validation" }] },
    });
    const frame = fromRows(FIELDS, Array.from({ length: 200 }, (_, row) => ({ x: row % 7, city: `c${row % 40}`, y: row % 7 })));
    await using engine = await engineOf([frame], [validated], memory);
    const { record, error } = await engine.run();
    expect(error).toBeNull();
    const sides = record.tasks.filter(({ step }) => step === "resplit").map(({ summary }) => summary as { readonly train: number; readonly test: number });
    const train = (record.tasks.find(({ step }) => step === "split")!.summary as { readonly train: number }).train;
    expect(sides).toHaveLength(parts);
    expect(sides.reduce((total, side) => total + side.test, 0)).toBe(train);
    for (const side of sides) expect([side.train + side.test, side.test % 5]).toEqual([train, 0]);
    expect(record.tasks.find(({ step }) => step === "cross-validate")!.summary).toHaveProperty("mean-error");
    expect(record.tasks.at(-1)!.summary).toMatchObject({ gates: "passed" });
    expect(Object.values(await statuses([frame], [validated], memory)).every((status) => status === "reused")).toBe(true);
  });

  it("cross-validates by strata where the split has them, and the keys of other splits know nothing of it", async () => {
    const optionsOf = async (split: ResolvedModel["split"]) => {
      await using engine = await engineOf([rows(100)], [model({ split })]);
      return (await engine.plan()).tasks.find(({ step }) => step === "resplit")!.options;
    };
    const shares = { test: 0.2, validation: 0.2, parts: 3 };
    const plain = { parts: 3, part: 0, seed: 0, group: null, key: null, target: "y" };
    expect(await optionsOf({ rule: "random", with: { ...shares, stratify: true } })).toEqual({ ...plain, stratify: "y" });
    expect(await optionsOf({ rule: "random", with: { ...shares, stratify: "city" } })).toEqual({ ...plain, stratify: "city" });
    for (const split of [{ rule: "random", with: { ...shares, stratify: false } }, { rule: "hash", with: shares }] as const) expect(await optionsOf(split)).toEqual(plain);
  });

  it("promotes only what is better than the champion on the same rows", async () => {
    const memory = testMemory();
    const challenger = (scale: number) => model({ train: { kind: "trainer", name: "constant", with: { scale } }, evaluate: { ...model().evaluate, gates: [{ ...gate, atLeast: 0, atMost: null, versus: "champion", bound: "confidence" }] } });
    const outcome = async (scale: number) => {
      await using engine = await engineOf([rows(400)], [challenger(scale)], memory);
      const { record, error } = await engine.run();
      expect(error).toBeNull();
      return { ...(record.tasks.at(-1)!.summary as object), champion: (await findVersion(engine.store, "model@champion")).version };
    };
    expect(await outcome(0.2)).toMatchObject({ version: 1, gates: "passed", champion: 1 });
    expect(await outcome(0)).toMatchObject({ version: 2, gates: "failed", champion: 1 });
    expect(await outcome(1)).toMatchObject({ version: 3, gates: "passed", champion: 3 });
    expect(await outcome(1)).toMatchObject({ gates: "passed" });
  });

  it("is recorded as failed where its tasks cannot even be given out", async () => {
    const memory = testMemory();
    await using engine = await engineOf([rows(50)], [model()], memory);
    await expect(engine.run({ onEvent: (event) => { if (event.kind === "started") throw new Error("no terminal"); } })).rejects.toThrow("no terminal");
    expect((await engine.store.find("run", {})).map(({ value }) => value.status)).toEqual(["failed"]);
  });

  it("says of each task that ran why, once its inputs are known", async () => {
    const memory = testMemory();
    await statuses([rows(100)], [model()], memory);
    await using engine = await engineOf([rows(100)], [model({ train: { kind: "trainer", name: "constant", with: { scale: 0.5 } } })], memory);
    const { record } = await engine.run();
    const why = Object.fromEntries(record.tasks.map((task) => [task.step, task.why]));
    expect(why["train"] ?? "").toMatch(/same key|train.with.scale: 1 -> 0.5/);
    expect(why["certify"]).toMatch(/^inputs.model: sha256:\w+ -> sha256:\w+/);
  });

  it("plans a model that is named twice once", async () => {
    await using engine = await engineOf([rows(100)], [model()]);
    expect((await engine.plan({ models: ["model", "model"] })).tasks).toEqual((await engine.plan()).tasks);
  });

  it("`from` runs a task and what waits for it though their records exist; `only` plans what one needs", async () => {
    const memory = testMemory();
    await statuses([rows(100)], [model()], memory);
    await using engine = await engineOf([rows(100)], [model()], memory);
    const { record } = await engine.run({ from: ["model/certify"] });
    expect(record.tasks.filter(({ status }) => status === "succeeded").map(({ task }) => task)).toEqual(["model/certify", "model/register"]);
    expect((await engine.plan({ only: ["model/fit"] })).tasks.map(({ id }) => id)).toEqual(["model/read", "model/split", "model/check", "model/fit"]);
    await expect(engine.plan({ only: ["model/trian"] })).rejects.toMatchObject({ code: "PLAN_UNKNOWN_TASK", mend: 'Did you mean "model/train"?' });
  });
});

describe("bad data stops a run with a clear error", () => {
  const failure = async (frames: readonly Frame[], one: ResolvedModel) => {
    await using engine = await engineOf(frames, [one]);
    const { error, record } = await engine.run();
    expect(record.status).toBe("failed");
    expect(MillraceError.is(error)).toBe(true);
    return error;
  };

  it("an empty table", async () => {
    expect(await failure([rows(0)], model())).toMatchObject({ code: "DATA_EMPTY" });
  });

  it("a column that is not there, before anything runs: all at once", async () => {
    const misnamed = model({ columns: { ...model().columns, target: "yy", pii: ["nopecol"] }, evaluate: { ...model().evaluate, slices: ["citi"] }, features: [{ use: { kind: "transform", name: "center", with: {} }, from: ["citi"], as: null }] });
    await using engine = await engineOf([rows(10)], [misnamed]);
    const error: unknown = await engine.run().catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: "CONFIG_INVALID", facts: { issues: [
      { path: "models.model.columns.target", nearest: "y" }, { path: "models.model.columns.pii[0]", nearest: null },
      { path: "models.model.evaluate.slices[0]", nearest: "city" }, { path: "models.model.features[0].from[0]", nearest: "city" },
    ] } });
    expect(await engine.store.find("run", {})).toEqual([]);
  });

  it("a target with one class", async () => {
    const frame = fromRows([field("x", "float64"), field("city", "string"), field("y", "string")], Array.from({ length: 20 }, (_, x) => ({ x, city: "Rome", y: "yes" })));
    expect(await failure([frame], model({ columns: { ...model().columns, positive: "yes" } }))).toMatchObject({ code: "DATA_ONE_CLASS" });
  });

  it("a broken expectation, with the rows that broke it", async () => {
    const frame = fromRows(FIELDS, [{ x: 1, city: "a", y: 1 }, { x: 1, city: "a", y: -3 }, ...Array.from({ length: 8 }, (_, x) => ({ x, city: "b", y: 2 }))]);
    const error = await failure([frame], model({ check: [{ kind: "check", name: "positive", with: { column: "y" } }] }));
    expect(error).toMatchObject({ code: "CHECK_FAILED" });
    expect((error as Error).message).toContain("Rows: 0 row 2 (null)");
  });

  it("fewer groups than parts of cross-validation", async () => {
    const grouped = model({ columns: { ...model().columns, group: "city" }, split: { rule: "hash", with: { test: 0, validation: 0, parts: 8 } }, evaluate: { ...model().evaluate, slices: [], gates: [{ ...gate, part: "cross-validation" }] } });
    expect(await failure([rows(30)], grouped)).toMatchObject({ code: "SPLIT_PARTS", message: expect.stringContaining('3 different values of "city"'), mend: expect.stringContaining("split.with.parts to 3 or less") });
  });

  it("the target among the features", async () => {
    expect(await failure([rows(10)], model({ features: [{ use: { kind: "transform", name: "center", with: {} }, from: ["y"], as: null }] }))).toMatchObject({ code: "FEATURE_ROLE" });
  });
});
