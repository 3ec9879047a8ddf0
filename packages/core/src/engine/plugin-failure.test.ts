import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { ResolvedModel, TransformUse } from "../contracts/resolved.js";
import type { Kind } from "../contracts/kind.js";
import type { Transform } from "../contracts/transform.js";
import type { MillraceError } from "../errors/millrace-error.js";
import { defineFold } from "../fold/define-fold.js";
import { field } from "../frame/frame.js";
import { arithmetic } from "../graph/arithmetic.js";
import { defineExtension } from "../plugin/extension.js";
import { definePlugin } from "../plugin/plugin.js";
import { samplePlugin } from "../testkit/sample-plugin.js";
import { sampleFrame, sampleProject } from "../testkit/sample-project.js";
import { createTestEngine } from "../testkit/test-engine.js";

const boom = (): never => {
  throw new TypeError("boom");
};

/** Learns nothing, and gives what it takes. */
const passing: Transform<null> = {
  learnsFrom: "inputs",
  fields: (input) => input.map(({ name }) => field(name, "float32")),
  fit: () => defineFold({ start: () => null, add: () => null, merge: () => null, finish: () => null }),
  lower: (_, input) => input,
};

const CENTER: TransformUse = { use: { kind: "transform", name: "center", with: { scale: 1 } }, from: ["x"], as: null };
const SECOND: Partial<ResolvedModel> = { features: [CENTER, { use: { kind: "transform", name: "x", with: {} }, from: ["x"], as: null }] };

/** A project of which one extension, of the plugin "acme", is wrong. */
function engineWith(kind: Kind, made: unknown, more: Partial<ResolvedModel>) {
  const none = z.strictObject({});
  const acme = definePlugin({ name: "acme", version: "1.0.0", url: import.meta.url, extensions: [defineExtension(kind, { name: "x", summary: "", options: none, create: () => made as never })] as never });
  return createTestEngine({ frames: [sampleFrame(60)], plugins: [samplePlugin, acme], models: [sampleProject(more).model] });
}

const evaluate = { ...sampleProject().model.evaluate, metrics: [{ kind: "metric" as const, name: "x", with: {} }] };

describe("an extension that fails while a plan is made is named, with its place in the config", () => {
  it.each<[string, Kind, unknown, Partial<ResolvedModel>, string]>([
    ["models.model.features[1]", "transform", { ...passing, fields: boom }, SECOND, 'The transform "x" (plugin "acme") failed in fields(): boom'],
    ["models.model.evaluate.metrics[0]", "metric", { direction: "minimize", columns: [], fold: boom }, { evaluate }, 'The metric "x" (plugin "acme") failed in fold(): boom'],
    ["models.model.check[0]", "check", { fold: boom }, { check: [{ kind: "check", name: "x", with: {} }] }, 'The check "x" (plugin "acme") failed in fold(): boom'],
    ["models.model.source", "source", { fields: async () => boom(), partitions: async () => [] }, { source: { kind: "source", name: "x", with: {} } }, 'The source "x" (plugin "acme") failed in fields(): boom'],
  ])("%s", async (path, kind, made, more, message) => {
    await using engine = await engineWith(kind, made, more);
    await expect(engine.plan()).rejects.toMatchObject({ code: "PLUGIN_FAILED", message: `${path}: ${message}`, mend: expect.stringContaining('the author of plugin "acme"'), cause: expect.any(TypeError), facts: { plugin: "acme", kind, name: "x", path } });
  });

  it("a source that cannot list its partitions, too", async () => {
    await using engine = await engineWith("source", { fields: async () => sampleFrame(1).fields, partitions: async () => boom() }, { source: { kind: "source", name: "x", with: {} } });
    const error = await engine.plan().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "PLUGIN_FAILED", message: 'models.model.source: The source "x" (plugin "acme") failed in partitions(): boom' });
  });
});

/** What the run of a project ends with, and the task. */
async function failureOf(made: Transform, more: Partial<ResolvedModel>): Promise<[string | undefined, MillraceError]> {
  await using engine = await engineWith("transform", made, more);
  const { record, error } = await engine.run();
  return [record.tasks.find(({ status }) => status === "failed")?.task, error as MillraceError];
}

describe("a run that fails in a lowering says in which", () => {
  /** A sum of a number and its whole part: the operator takes no two types. */
  const refused: Transform<null> = {
    ...passing,
    lower: (_, input, graph) => new Map([...input].map(([name, value]) => [name, graph.node("Add", [value, graph.constant({ dtype: "int64", dims: [], values: BigInt64Array.of(1n) })], [value.field])[0]!])),
  };
  it.each<[string, Transform, Partial<ResolvedModel>, string, string, RegExp]>([
    ["a feature that uses an operator wrongly", refused, SECOND, "model/fit", "GRAPH_OP_REFUSED", /^features\[1\] \(x\): Add: /],
    ["a feature that gives what it did not promise", { ...passing, lower: (_, input) => new Map([...input].map(([name, value]) => [`${name}-x`, value])) }, SECOND, "model/fit", "GRAPH_RESULT", /^features\[1\] \(x\): The lowered value "x-x"/],
    ["a feature that throws", { ...passing, lower: boom }, SECOND, "model/fit", "PLUGIN_FAILED", /^features\[1\] \(x\): The transform "x" \(plugin "acme"\) failed in lower\(\): boom$/],
    ["what stands behind the model", refused, { after: [{ use: { kind: "transform", name: "x", with: {} }, from: ["prediction"], as: null }] }, "model/after", "GRAPH_OP_REFUSED", /^after\[0\] \(x\): Add: /],
    ["a change of the target", { ...passing, learnsFrom: "target-only", fields: (input) => input.map(({ name }) => field(name, "float64")), lower: (_, input, graph) => (input.has("prediction") ? refused.lower(null, input, graph) : input) }, { after: [{ use: { kind: "transform", name: "target-half", with: {} }, from: [], as: null }, { use: { kind: "transform", name: "x", with: {} }, from: [], as: null }] }, "model/fit", "GRAPH_OP_REFUSED", /^after\[1\] \(x\): Add: /],
  ])("%s", async (_, made, more, task, code, message) => {
    const [failed, error] = await failureOf(made, more);
    expect([failed, error.code]).toEqual([task, code]);
    expect(error.message).toMatch(message);
  });

  it("a trainer, too", async () => {
    await using engine = await engineWith("trainer", { sparse: true, train: async () => null, lower: (_: null, input: ReadonlyMap<string, never>, graph: Parameters<Transform["lower"]>[2]) => new Map([["prediction", arithmetic(graph).add([...input.values()][0]!, 0)], ["more", [...input.values()][0]!]]) }, { train: { kind: "trainer", name: "x", with: {} } });
    expect((await engine.run()).error).toMatchObject({ code: "GRAPH_RESULT", message: expect.stringMatching(/^train \(x\): The lowered value "prediction"/) });
  });
});
