import { describe, expect, it } from "vitest";
import type { ResolvedModel, Use } from "../../contracts/resolved.js";
import type { Coordinator, StepContext } from "../../contracts/step.js";
import type { Task } from "../../contracts/task.js";
import { field } from "../../frame/frame.js";
import { fromRows } from "../../frame/rows.js";
import { seeded } from "../../frame/random.js";
import { slice } from "../../frame/take.js";
import { referenceRuntime } from "../../graph/reference/runtime.js";
import { createExtension } from "../../plugin/create-extension.js";
import { createRegistry } from "../../plugin/registry.js";
import { createMemoryArtifacts } from "../../testkit/memory-artifacts.js";
import { samplePlugin } from "../../testkit/sample-plugin.js";
import { createTestEngine, testMemory, testModel } from "../../testkit/test-engine.js";
import { openFrames } from "../data/frames.js";
import { slots } from "../data/uses.js";
import { runFoldParts } from "../tasks/fold-parts.js";
import { fitFeatures } from "./fit-features.js";
import { passOver } from "./fold-fit.js";
import { keptBatches, keptRows, laterColumns, rowKeeper, type KeptRows } from "./kept-rows.js";
import type { FitPasses } from "./level.js";
import { prepareFit } from "./prepare-fit.js";

const transform = (name: "center" | "target-mean", from: string, as: string): ResolvedModel["features"][number] => ({ use: { kind: "transform", name, with: {} }, from: [from], as });
const TWO_LEVELS = [transform("center", "x", "a"), transform("center", "a", "b"), transform("center", "z", "c")];

function rows(count: number) {
  const random = seeded("kept rows");
  const fields = [field("x", "float64"), field("z", "float64"), field("id", "string"), field("w", "float64"), field("y", "float64")];
  return fromRows(fields, Array.from({ length: count }, (_, row) => ({ x: random() < 0.1 ? null : random(), z: random(), id: `id${row % 7}`, w: 1 + (row % 3), y: random() })));
}

/** A fit over two parts that is ready to be done, and how often a part was read. */
async function fitting(features: ResolvedModel["features"]) {
  const memory = testMemory();
  const model = testModel({ columns: { target: "y", weight: "w", task: "regression", rest: "drop" } as ResolvedModel["columns"], features, split: { rule: "random", with: { test: 0.2, validation: 0 } } });
  await using engine = await createTestEngine({ frames: [slice(rows(80), 0, 50), slice(rows(80), 50, 80)], plugins: [samplePlugin], models: [model], memory });
  const { record, error } = await engine.run({ only: ["model/split"] });
  expect(error).toBeNull();
  const output = async (step: string, name: string) => (await engine.store.get("task", record.tasks.find((task) => task.step === step)!.key!))!.value.outputs[name]!;
  const inputs = { frames: await output("read", "frames"), split: await output("split", "split") };
  const uses = { runtime: model.runtime, ...slots("features", features.map(({ use }) => use)) };
  const task: Task = { id: "model/fit", step: "fit", key: inputs.split, inputs, options: { columns: model.columns, features: features.map(({ from, as }) => ({ from, as })), after: [] } as never, uses, code: {} };
  const artifacts = createMemoryArtifacts(memory.bytes);
  const registry = createRegistry([samplePlugin]);
  let reads = 0;
  const parts = new Set((await openFrames(artifacts, inputs.frames)).manifest.parts.map(({ digest }) => digest));
  const context = {
    artifacts: { ...artifacts, get: (id: Parameters<typeof artifacts.get>[0]) => (parts.has(id) && reads++, artifacts.get(id)) },
    create: async (kind: string, use: Use) => (kind === "runtime" ? referenceRuntime : createExtension(registry, { ...use, kind } as Use, {} as never)),
    progress: async () => {},
  } as unknown as StepContext;
  const coordinator = { slots: 2, schedule: async function* (tasks: readonly Task[]) { for (const one of tasks) yield await runFoldParts(one, context); } } as unknown as Coordinator;
  const passes = (await prepareFit(task, context)).features;
  return { passes, reads: () => reads, fit: async (kept: KeptRows) => (await fitFeatures(passes, passOver(task, "features", coordinator, kept))).fitted.map(({ state, crossStates }) => ({ state, crossStates })) };
}

describe("rows that the first pass keeps for the later ones", () => {
  it.each([["of plain transforms", TWO_LEVELS], ["of cross-fitted ones", [...TWO_LEVELS, transform("target-mean", "id", "d"), transform("center", "d", "e")]]])("teach the same as rows that are read again, %s", async (_, features) => {
    const { fit, reads } = await fitting(features);
    const kept = await fit(keptRows());
    expect(reads()).toBe(2);
    expect(kept).toEqual(await fit(keptRows(0)));
    expect(reads()).toBe(2 + 2 * 2);
  });

  it("are of the columns that lead to a later level, where they are not too many", async () => {
    const { passes } = await fitting(TWO_LEVELS);
    expect(laterColumns(passes)).toEqual(["x"]);
    const { train } = passes.view.split.manifest.rows;
    expect(laterColumns(passes, 8 * train)).toEqual(["x"]);
    expect(laterColumns(passes, 8 * train - 1)).toEqual([]);
    const bytes: FitPasses = { ...passes, raw: passes.raw.map((one) => (one.name === "x" ? { ...one, dtype: "bytes" } : one)) };
    expect(laterColumns(bytes)).toEqual([]);
    expect(laterColumns((await fitting([transform("center", "x", "a")])).passes)).toEqual([]);
  });

  it("come back part by part, with target and weights and no other column, in memory that is given", () => {
    const frame = fromRows([field("x", "float64"), field("id", "string"), field("$target", "float64"), field("$weight", "float64")], [{ x: 1, id: "a", $target: 0, $weight: 2 }, { x: null, id: "b", $target: 1, $weight: 3 }]);
    const keeper = rowKeeper(["x"]);
    for (const [part, cross] of [[1, 0], [1, 3], [11, null]] as const) keeper.keep({ frame, part, cross });
    const kept = keptRows();
    for (const [name, bytes] of Object.entries(keeper.kept)) kept.keep(name, bytes);
    expect(Object.keys(kept.of([1]))).toEqual(["rows.1.0", "rows.1.3"]);
    const memory = new Uint8Array(4096);
    let used = 0;
    const allocate = (bytes: number) => memory.subarray(used, (used += 8 * Math.ceil(bytes / 8))).subarray(0, bytes);
    const found = [...keptBatches(kept.of([1, 11]), 11, allocate)];
    expect(found).toMatchObject([{ part: 11, cross: null }]);
    expect(found[0]!.frame.fields.map(({ name }) => name)).toEqual(["x", "$target", "$weight"]);
    expect(found[0]!.frame.column("x")).toEqual(frame.column("x"));
    expect((found[0]!.frame.column("x") as { values: Float64Array }).values.buffer).toBe(memory.buffer);
  });

  it("are let go where a piece has more than may be kept, and then those of all pieces", () => {
    const batch = { frame: fromRows([field("id", "string")], Array.from({ length: 9 }, (_, row) => ({ id: `${row}`.repeat(100) }))), cross: null };
    const few = rowKeeper(["id"], 1e4);
    const many = rowKeeper(["id"], 1e4);
    few.keep({ ...batch, part: 0 });
    for (let part = 1; part < 12; part++) many.keep({ ...batch, part });
    expect(Object.values(many.kept).reduce((sum, { byteLength }) => sum + byteLength, 0)).toBe(0);
    const kept = keptRows();
    for (const { kept: rows } of [few, many, few]) for (const [name, bytes] of Object.entries(rows)) kept.keep(name, bytes);
    expect(kept.isThere).toBe(false);
    expect(rowKeeper([]).kept).toEqual({});
  });

  it("are let go where they are more than may be kept", () => {
    const kept = keptRows(10);
    expect(kept.isThere).toBe(false);
    kept.keep("rows.0.", new Uint8Array(10));
    expect(kept.isThere).toBe(true);
    kept.keep("rows.1.", new Uint8Array(1));
    kept.keep("rows.2.", new Uint8Array(1));
    expect(kept.isThere).toBe(false);
    expect(kept.of([0, 1, 2])).toEqual({});
  });
});
