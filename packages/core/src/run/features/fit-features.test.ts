import { describe, expect, it } from "vitest";
import type { Digest } from "../../contracts/digest.js";
import type { Frame } from "../../contracts/frame.js";
import type { ResolvedModel } from "../../contracts/resolved.js";
import { field } from "../../frame/frame.js";
import { fromRows } from "../../frame/rows.js";
import { seeded } from "../../frame/random.js";
import { slice } from "../../frame/take.js";
import { toFloat64 } from "../../frame/missing.js";
import { referenceRuntime } from "../../graph/reference/runtime.js";
import { readJson } from "../../record/artifact-bytes.js";
import { createMemoryArtifacts } from "../../testkit/memory-artifacts.js";
import { samplePlugin } from "../../testkit/sample-plugin.js";
import { createTestEngine, testMemory, testModel, type TestMemory } from "../../testkit/test-engine.js";
import { openFrames, type FramesManifest } from "../data/frames.js";
import { openSplit } from "../data/sides.js";
import { featureMaker } from "./feature-rows.js";
import type { FeaturesManifest } from "./manifest.js";

const center = (from: string, as: string | null = null) => ({ use: { kind: "transform" as const, name: "center", with: { scale: 1 } }, from: [from], as });
const targetMean = (from: string) => ({ use: { kind: "transform" as const, name: "target-mean", with: {} }, from: [from], as: "encoded" });

function leakyRows(count: number): Frame {
  const random = seeded("leak");
  return fromRows([field("x", "float64"), field("id", "string"), field("y", "float64")], Array.from({ length: count }, () => ({ x: Math.floor(random() * 100), id: `id${Math.floor(random() * count)}`, y: random() < 0.5 ? 1 : 0 })));
}

function modelOf(features: ResolvedModel["features"], rest: "use" | "drop" = "drop"): ResolvedModel {
  return testModel({ columns: { target: "y", task: "regression", rest } as ResolvedModel["columns"], features, train: { kind: "trainer", name: "sum", with: {} }, split: { rule: "random", with: { test: 0, validation: 0 } } });
}

/** The parts of `read` that `fit` gets, in order. */
async function fitReads(frames: readonly Frame[], features: ResolvedModel["features"]): Promise<{ readonly reads: number; readonly parts: number }> {
  const memory = testMemory();
  let reads = 0;
  let counted: ReadonlySet<Digest> = new Set();
  const get = memory.bytes.get.bind(memory.bytes);
  memory.bytes.get = (digest) => {
    if (counted.has(digest)) reads++;
    return get(digest);
  };
  await using engine = await createTestEngine({ frames, plugins: [samplePlugin], models: [modelOf(features)], memory });
  const { error } = await engine.run({
    only: ["model/fit"],
    onEvent(event) {
      if (event.kind !== "task-started" || event.task.step !== "fit") return;
      counted = new Set(partDigests(memory));
    },
  });
  expect(error).toBeNull();
  return { reads, parts: counted.size };
}

function partDigests(memory: TestMemory): readonly Digest[] {
  const manifests = [...memory.bytes.values()].flatMap((bytes) => {
    try {
      const json = JSON.parse(new TextDecoder().decode(bytes)) as Partial<FramesManifest>;
      return json.fields !== undefined && json.parts !== undefined ? [json as FramesManifest] : [];
    } catch {
      return [];
    }
  });
  return manifests.flatMap(({ parts }) => parts.map(({ digest }) => digest));
}

/** What the trainer sees; `outOfFold` false: by the state of all rows, as serving has it. */
async function trainingFeatures(frames: readonly Frame[], features: ResolvedModel["features"], outOfFold = true) {
  const memory = testMemory();
  const model = modelOf(features);
  await using engine = await createTestEngine({ frames, plugins: [samplePlugin], models: [model], memory });
  const { record, error } = await engine.run({ only: ["model/fit"] });
  expect(error).toBeNull();
  const outputs = async (step: string) => (await engine.store.get("task", record.tasks.find((task) => task.step === step)!.key!))!.value.outputs;
  const artifacts = createMemoryArtifacts(memory.bytes);
  const view = { frames: await openFrames(artifacts, (await outputs("read"))["frames"]!), split: await openSplit(artifacts, (await outputs("split"))["split"]!), columns: model.columns, crossFit: true };
  const manifest = await readJson<FeaturesManifest>(artifacts, (await outputs("fit"))["features"]!);
  await using maker = await featureMaker(artifacts, referenceRuntime, outOfFold ? manifest : { ...manifest, cross: null });
  const found: Frame[] = [];
  for await (const frame of maker.rows(view, "train").read(new AbortController().signal)) found.push(frame);
  return { manifest, found, graph: (await outputs("fit"))["graph"]! };
}

describe("fitting features", () => {
  it("reads each part once, however many transforms and levels there are", async () => {
    const frames = [slice(leakyRows(60), 0, 30), slice(leakyRows(60), 30, 60)];
    expect(await fitReads(frames, [center("x")])).toEqual({ reads: 2, parts: 2 });
    expect(await fitReads(frames, [center("x"), center("x", "x2"), targetMean("id")])).toEqual({ reads: 2, parts: 2 });
    expect(await fitReads(frames, [center("x", "a"), center("x", "b"), center("a", "c"), center("b", "d")])).toEqual({ reads: 2, parts: 2 });
  });

  it("sees in a later level what the graph of the earlier ones gives", async () => {
    const { found } = await trainingFeatures([leakyRows(50)], [center("x", "a"), center("a", "b")]);
    const values = toFloat64(found[0]!.column("b"));
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0, 4);
  });

  it("gives the same graph for any partition of the rows", async () => {
    const whole = leakyRows(90);
    const one = await trainingFeatures([whole], [center("x"), targetMean("id")]);
    const many = await trainingFeatures([slice(whole, 0, 1), slice(whole, 1, 50), slice(whole, 50, 90)], [center("x"), targetMean("id")]);
    expect(many.graph).toBe(one.graph);
    expect(many.manifest).toEqual(one.manifest);
  });

  it("encodes the target out of fold: an id that is unique tells nothing of its own label", async () => {
    const { manifest, found } = await trainingFeatures([leakyRows(2_000)], [targetMean("id")]);
    expect(manifest.cross).toHaveLength(5);
    expect(Math.abs(correlation(found, "encoded"))).toBeLessThan(0.1);
    const leaking = await trainingFeatures([leakyRows(2_000)], [targetMean("id")], false);
    expect(correlation(leaking.found, "encoded")).toBeGreaterThan(0.5);
  });
});

function correlation(frames: readonly Frame[], feature: string): number {
  const x = frames.flatMap((frame) => [...toFloat64(frame.column(feature))]);
  const y = frames.flatMap((frame) => [...toFloat64(frame.column("$target"))]);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const dot = (left: readonly number[], ml: number, right: readonly number[], mr: number) => left.reduce((sum, value, row) => sum + (value - ml) * (right[row]! - mr), 0);
  return dot(x, mx, y, my) / Math.sqrt(dot(x, mx, x, mx) * dot(y, my, y, my));
}
