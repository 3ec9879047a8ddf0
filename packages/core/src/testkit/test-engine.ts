import { z } from "zod";
import type { Digest } from "../contracts/digest.js";
import type { Frame } from "../contracts/frame.js";
import type { Plugin } from "../contracts/plugin.js";
import type { ResolvedModel, Use } from "../contracts/resolved.js";
import type { Source } from "../contracts/source.js";
import { originsOf } from "../config/origin.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import { serverSchema } from "../config/server-schema.js";
import { createEngine, type Engine } from "../engine/create-engine.js";
import { digestOf } from "../fold/digest.js";
import { toArrow } from "../frame/arrow.js";
import { select } from "../frame/take.js";
import { referenceRuntime } from "../graph/reference/runtime.js";
import { createHooks } from "../hooks/create-hooks.js";
import { defineExtension } from "../plugin/extension.js";
import { definePlugin } from "../plugin/plugin.js";
import { createRegistry } from "../plugin/registry.js";
import { createInlineExecutor } from "./inline-executor.js";
import { createMemoryArtifacts } from "./memory-artifacts.js";
import { createMemoryDatabase, createMemoryStore, type MemoryDatabase } from "./memory-store.js";

const NO_OPTIONS = z.strictObject({});

export interface TestEngineParts {
  /** What the source gives, one partition a frame. */
  readonly frames: readonly Frame[];
  readonly plugins: readonly Plugin[];
  readonly models: readonly ResolvedModel[];
  /** What survives the engine: give the same to a second engine. */
  readonly memory?: TestMemory;
  readonly folder?: string;
}

export interface TestMemory {
  readonly database: MemoryDatabase;
  readonly bytes: Map<Digest, Uint8Array>;
}

export function testMemory(): TestMemory {
  return { database: createMemoryDatabase(), bytes: new Map() };
}

/** An engine on memory: store, artifacts, inline executor, reference runtime, and the source `frames`. */
export async function createTestEngine({ frames, plugins, models, memory = testMemory(), folder = "/nowhere" }: TestEngineParts): Promise<Engine> {
  const registry = createRegistry([memoryPlugin(frames, memory), ...plugins]);
  const limits = { threads: 1, memoryBytes: 2 ** 34, taskTimeMs: 60_000, retries: 1 };
  const log = { info() {}, warn() {}, error() {}, debug() {} };
  const use = <K extends Use["kind"]>(kind: K, name: string): Use<K> => ({ kind, name, with: {} });
  const config: ResolvedConfig = {
    project: "test", folder, home: `${folder}/.millrace`, models, limits, server: serverSchema.parse({}), retention: { runs: "180d", frames: "14d", artifacts: "50GiB", keep: ["champion", "previous"] },
    store: use("store", "memory"), artifacts: use("artifacts", "memory"), executor: use("executor", "inline"), runtime: use("runtime", "reference"),
    document: {}, origins: originsOf(new Map(), {}), digest: digestOf("test"),
  };
  const context = { folder, home: config.home, limits, log, project: null, runTask: () => Promise.reject(new Error("a hook runs no task")) };
  return createEngine({ config, registry, hooks: createHooks(registry.plugins, context), log, exportsVersions: false });
}

/** A model with the defaults of a config; the source is `frames`, the runtime the reference interpreter. */
export function testModel(more: Partial<ResolvedModel> & { readonly columns?: Partial<ResolvedModel["columns"]> }): ResolvedModel {
  const columns: ResolvedModel["columns"] = { key: null, time: null, target: null, weight: null, group: null, positive: null, horizon: null, ignore: [], pii: [], types: {}, rest: "use", task: null };
  return {
    name: "model", source: { kind: "source", name: "frames", with: {} }, partitions: null, champion: null, check: [], split: { rule: "random", with: { test: 0.2, validation: 0.2 } },
    features: [], train: { kind: "trainer", name: "constant", with: {} }, after: [], register: { alias: null },
    runtime: { kind: "runtime", name: "reference", with: {} }, witnesses: [], sample: null, seed: 0,
    usualMetrics: null,
    evaluate: { metrics: [], slices: [], baselines: [], confidence: 0.95, gates: [] },
    ...more,
    columns: { ...columns, ...more.columns },
  };
}

function memoryPlugin(frames: readonly Frame[], { database, bytes }: TestMemory) {
  return definePlugin({
    name: "memory",
    version: "0.1.0",
    url: import.meta.url,
    extensions: [
      defineExtension("source", { name: "frames", summary: "Frames at hand.", options: NO_OPTIONS, create: () => framesSource(frames) }),
      defineExtension("store", { name: "memory", summary: "Records in memory.", options: NO_OPTIONS, create: () => createMemoryStore(database) }),
      defineExtension("artifacts", { name: "memory", summary: "Artifacts in memory.", options: NO_OPTIONS, create: () => createMemoryArtifacts(bytes) }),
      defineExtension("executor", { name: "inline", summary: "One task after the other.", options: NO_OPTIONS, create: (_, context) => createInlineExecutor((task, watch) => context.runTask(task, watch)) }),
      defineExtension("runtime", { name: "reference", summary: "The core's interpreter.", options: NO_OPTIONS, create: () => referenceRuntime }),
    ],
  });
}

/** A source of frames at hand. */
export function framesSource(frames: readonly Frame[]): Source {
  return {
    fields: async () => frames[0]?.fields ?? [],
    partitions: async () => frames.map((frame, index) => ({ id: String(index), digest: digestOf(toArrow(frame)) })),
    async *read({ partition, columns }) {
      const frame = frames[Number(partition.id)]!;
      yield columns === null ? frame : select(frame, columns);
    },
  };
}
