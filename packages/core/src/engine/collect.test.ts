import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Store } from "../contracts/store.js";
import { field } from "../frame/frame.js";
import { fromRows } from "../frame/rows.js";
import { artifactsOfVersion } from "../policy/remembered.js";
import { putBytes } from "../record/artifact-bytes.js";
import { findVersion } from "../record/model-versions.js";
import { holdCollectionLease } from "../run/collection-lease.js";
import { holdRunLease } from "../run/run-lease.js";
import { createMemoryArtifacts } from "../testkit/memory-artifacts.js";
import { samplePlugin } from "../testkit/sample-plugin.js";
import { createTestEngine, testMemory, testModel, type TestMemory } from "../testkit/test-engine.js";
import { versionFolder } from "./version-folder.js";

const FRAME = fromRows([field("x", "float64"), field("y", "float64")], Array.from({ length: 60 }, (_, row) => ({ x: row % 7, y: row % 5 })));

const engineOn = (memory: TestMemory, scale = 1, folder = "/nowhere") =>
  createTestEngine({ frames: [FRAME], plugins: [samplePlugin], models: [testModel({ columns: { target: "y" } as never, train: { kind: "trainer", name: "constant", with: { scale } }, register: { alias: "champion" } })], memory, folder });

function years(count: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + count * 365 * 86_400_000 });
  onTestFinished(() => void vi.useRealTimers());
}

async function runs(memory: TestMemory, ...scales: readonly number[]): Promise<void> {
  for (const scale of scales) {
    await using engine = await engineOn(memory, scale);
    expect((await engine.run()).error).toBeNull();
  }
}

/** As leases of processes that were killed. */
async function releaseAll(store: Store): Promise<void> {
  for (const { id, revision } of await store.find("lease", {})) await store.commit([{ entity: "lease", id, expect: revision, value: null }]);
}

describe("a collection", () => {
  it("leaves the champion and the version before it whole, and the next run goes on", async () => {
    const memory = testMemory();
    await runs(memory, 1, 2, 3);
    await putBytes(createMemoryArtifacts(memory.bytes), Buffer.from("a partial of a run that was killed"));
    years(3);
    await using engine = await engineOn(memory, 3);
    const dry = await engine.collect({ isDry: true, ownsArtifacts: true });
    const before = memory.bytes.size;
    const { isDone, removals } = await engine.collect({ isDry: false, ownsArtifacts: true });
    expect(isDone).toBe(true);
    expect(dry.removals).toEqual(removals);
    expect(memory.bytes.size).toBe(before - removals.filter(({ kind }) => kind === "artifact").length);
    expect(removals.filter(({ kind }) => kind === "model").map(({ id }) => id)).toEqual(["model@1"]);
    for (const ref of ["model@2", "model@champion"]) {
      const { onnx, signature, metrics, card, certificate, golden, lineage } = await findVersion(engine.store, ref);
      for (const id of [onnx, signature, metrics, card, certificate, golden, lineage]) expect(memory.bytes.has(id)).toBe(true);
    }
    const { record, error } = await engine.run();
    expect(error).toBeNull();
    expect(record.tasks.filter(({ status }) => status === "succeeded").map(({ task }) => task)).toEqual(["model/read"]);
    expect((await engine.store.find("model", {})).map(({ id }) => id)).toEqual(["model@2", "model@3"]);
  });

  it("that is killed between any two removals leaves nothing that names what is gone, and the next one goes on", async () => {
    const memory = testMemory();
    await runs(memory, 1, 2, 3);
    years(3);
    for (let calls = 0; ; calls++) {
      const state = { database: structuredClone(memory.database), bytes: new Map(memory.bytes) };
      await using engine = await engineOn(state, 3);
      let left = calls;
      const killed = new Error("killed");
      const dying = <T extends (...given: never[]) => Promise<unknown>>(work: T): T => ((...given: never[]) => (left-- > 0 ? work(...given) : Promise.reject(killed))) as T;
      const { commit } = engine.store;
      const { remove } = engine.artifacts;
      Object.assign(engine.store, { commit: dying(commit) });
      Object.assign(engine.artifacts, { remove: dying(remove) });
      const ended = await engine.collect({ isDry: false, ownsArtifacts: true }).then(() => true, (error: unknown) => (error === killed ? false : Promise.reject(error)));
      Object.assign(engine.store, { commit });
      Object.assign(engine.artifacts, { remove });
      for (const { value } of await engine.store.find("model", {})) for (const id of artifactsOfVersion(value)) expect(state.bytes.has(id)).toBe(true);
      if (ended) break;
      await releaseAll(engine.store);
      expect((await engine.collect({ isDry: false, ownsArtifacts: true })).isDone).toBe(true);
      expect((await engine.collect({ isDry: true, ownsArtifacts: true })).removals).toEqual([]);
      expect((await engine.store.find("model", {})).map(({ id }) => id)).toEqual(["model@2", "model@3"]);
    }
  });

  it("leaves artifacts alone where another store may name them", async () => {
    const memory = testMemory();
    await runs(memory, 1, 2, 3);
    years(3);
    await using engine = await engineOn(memory, 3);
    const before = [...memory.bytes.keys()];
    const { isDone, removals, kept } = await engine.collect({ isDry: false, ownsArtifacts: false });
    expect({ isDone, kept }).toEqual({ isDone: true, kept: { artifacts: 0, sizeBytes: 0 } });
    expect(new Set(removals.map(({ kind }) => kind))).toEqual(new Set(["model", "task", "run"]));
    expect([...memory.bytes.keys()]).toEqual(before);
  });

  it("says what can go beside a run that is going on, and removes nothing", async () => {
    const memory = testMemory();
    await runs(memory, 1, 2, 3);
    years(3);
    await using engine = await engineOn(memory, 3);
    await using _running = await holdRunLease(engine.store, "current");
    const before = memory.bytes.size;
    const { isDone, removals, runs: current } = await engine.collect({ isDry: false, ownsArtifacts: true });
    expect({ isDone, current }).toEqual({ isDone: false, current: ["current"] });
    expect(removals.length).toBeGreaterThan(0);
    expect(memory.bytes.size).toBe(before);
  });

  it("is one at a time, and a run that begins meanwhile waits for its end before it plans", async () => {
    const memory = testMemory();
    await using engine = await engineOn(memory);
    const collection = await holdCollectionLease(engine.store);
    await expect(engine.collect({ isDry: false, ownsArtifacts: true })).rejects.toMatchObject({ code: "GC_BUSY" });
    let hasEnded = false;
    const running = engine.run({ onEvent: () => expect(hasEnded).toBe(true) });
    while ((await engine.store.find("lease", {})).length < 2) await new Promise((resolve) => setImmediate(resolve));
    hasEnded = true;
    await collection![Symbol.asyncDispose]();
    expect((await running).error).toBeNull();
  });

  it("takes the exported files of a version with it, and what killed processes left in the project's state", async () => {
    const folder = mkdtempSync(join(tmpdir(), "millrace-gc-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const memory = testMemory();
    await runs(memory, 1, 2, 3);
    const [exported, scratch] = [versionFolder(join(folder, ".millrace"), "model", 1), join(folder, ".millrace/tmp/half")];
    for (const path of [exported, join(scratch, "..")]) mkdirSync(path, { recursive: true });
    writeFileSync(scratch, "half");
    years(3);
    await using engine = await engineOn(memory, 3, folder);
    expect((await engine.collect({ isDry: true, ownsArtifacts: true })).scratch).toEqual([{ path: scratch, sizeBytes: 4 }]);
    expect(existsSync(exported)).toBe(true);
    await engine.collect({ isDry: false, ownsArtifacts: true });
    expect([existsSync(exported), existsSync(scratch)]).toEqual([false, false]);
  });
});
