import { join } from "node:path";
import type { Json } from "../contracts/json.js";
import type { Kind } from "../contracts/kind.js";
import type { Columns, Gate, ResolvedModel, TransformUse, Use } from "../contracts/resolved.js";
import { digestOfJson } from "../fold/digest.js";
import { withoutMarked } from "../plugin/option-marks.js";
import type { Registry } from "../plugin/registry.js";
import { parseBytes } from "./bytes.js";
import { durationMs } from "./duration.js";
import { machineMemory, machineThreads } from "./machine.js";
import type { ParsedModel } from "./model-schema.js";
import type { Origins } from "./origin.js";
import { placesOfUse } from "./places.js";
import { valueAt, withValueAt } from "./path.js";
import type { ResolvedConfig, ResolvedLimits } from "./resolved-config.js";
import type { ParsedConfig } from "./schema.js";
import type { SplitRuleName } from "./split-schema.js";

type ParsedUse = ParsedModel["train"];

/** What is named in a place, as others take it. */
export function useOf<K extends Kind>(kind: K, { use, with: options }: ParsedUse): Use<K> {
  return { kind, name: use, with: options as Json };
}

function transformOf(parsed: ParsedModel["after"][number]): TransformUse {
  return { use: useOf("transform", parsed), from: parsed.from, as: parsed.as ?? null };
}

function columnsOf(columns: ParsedModel["columns"]): Columns {
  const { key = null, time = null, target = null, weight = null, group = null, horizon = null, task = null, positive, ...rest } = columns;
  return { ...rest, key, time, target, weight, group, horizon, task, positive: positive === undefined ? null : String(positive) };
}

function gateOf(gate: ParsedModel["evaluate"]["gates"][number]): Gate {
  return { ...gate, slice: gate.slice ?? null, atLeast: gate.atLeast ?? null, atMost: gate.atMost ?? null, versus: gate.versus ?? null };
}

/** What the registry tells of a config beside its own words. */
export interface BuildFacts {
  readonly witnesses: readonly Use<"runtime">[];
  readonly usualMetrics: ResolvedModel["usualMetrics"];
}

/** One model; what it names need not be there. */
export function buildModel(name: string, parsed: ParsedModel, runtime: Use<"runtime">, { witnesses, usualMetrics }: BuildFacts): ResolvedModel {
  return {
    name,
    source: useOf("source", parsed.source),
    partitions: null,
    champion: null,
    columns: columnsOf(parsed.columns),
    check: parsed.check.map((use) => useOf("check", use)),
    split: { rule: parsed.split.use as SplitRuleName, with: parsed.split.with as Readonly<Record<string, Json>> },
    features: parsed.features.map(transformOf),
    train: useOf("trainer", parsed.train),
    after: parsed.after.map(transformOf),
    evaluate: {
      ...parsed.evaluate,
      metrics: (parsed.evaluate.metrics ?? []).map((use) => useOf("metric", use)),
      baselines: parsed.evaluate.baselines.map((use) => useOf("trainer", use)),
      gates: parsed.evaluate.gates.map(gateOf),
    },
    usualMetrics: parsed.evaluate.metrics === undefined && parsed.columns.target !== undefined ? usualMetrics : null,
    register: parsed.register,
    runtime,
    witnesses: witnesses.filter((witness) => witness.name !== runtime.name),
    sample: null,
    seed: 0,
  };
}

function limitsOf({ memory, threads, taskTime, retries }: ParsedConfig["limits"]): ResolvedLimits {
  return { memoryBytes: memory === undefined ? machineMemory() : parseBytes(memory), threads: threads ?? machineThreads(), taskTimeMs: durationMs(taskTime), retries };
}

/** What has no part in a result: limits of this machine, how long results are kept, and how they are served. */
const UNDIGESTED: ReadonlySet<string> = new Set(["limits", "env", "retention", "server"]);

/** What decides results: no secret, no location. */
function digested(document: ParsedConfig, registry: Registry): Json {
  const rest: unknown = Object.fromEntries(Object.entries(document).filter(([key]) => !UNDIGESTED.has(key)));
  const places = placesOfUse(rest).filter((place): place is typeof place & { kind: Kind } => place.kind !== "split");
  return places.reduce<unknown>((tree, { kind, path }) => {
    const use = valueAt(tree, path) as ParsedUse;
    return withValueAt(tree, [...path, "with"], withoutMarked(registry.get(kind, use.use).extension.options, use.with as Json, ["secret", "location"]));
  }, rest) as Json;
}

/** What the parsed config means. */
export function buildConfig(parsed: ParsedConfig, folder: string, origins: Origins, registry: Registry, facts: BuildFacts): ResolvedConfig {
  const runtime = useOf("runtime", parsed.runtime);
  return {
    project: parsed.project,
    folder,
    home: join(folder, ".millrace"),
    models: Object.entries(parsed.models).map(([name, model]) => buildModel(name, model, runtime, facts)),
    store: useOf("store", parsed.store),
    artifacts: useOf("artifacts", parsed.artifacts),
    executor: useOf("executor", parsed.executor),
    runtime,
    limits: limitsOf(parsed.limits),
    server: parsed.server,
    retention: parsed.retention,
    document: parsed as unknown as Json,
    origins,
    digest: digestOfJson(digested(parsed, registry)),
  };
}
