import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as core from "@millrace/core";
import { fromRows, MillraceError, readBytes, readJson, suggest, type Finding, type Frame, type ModelVersion, type Plan, type ResolvedModel, type Row, type RunRecord, type Use } from "@millrace/core";
import { createEngine, createExtension, createRegistry, findVersion, loadConfig, type Engine, type Evaluation, type LoadedConfig, type ResolvedConfig } from "@millrace/core/engine";
import { loadModel, type LoadedModel } from "@millrace/core/model";
import { defaults, defaultUses } from "../defaults.js";
import { fieldsOf } from "./fields-of.js";
import { MEMORY, memoryPlugin } from "./memory-plugin.js";

export interface TestRunOptions {
  /** Rows in place of the model's source: objects, whose types are those of their values (ISO 8601 texts are times), or a frame. */
  readonly rows?: readonly Row[] | Frame;
  /** The model to run. Default: the only one of the config. */
  readonly model?: string;
  /** Where relative paths of a config that is no file start. Default: the working directory. */
  readonly folder?: string;
  /** An overlay of a config file. Default: none. */
  readonly env?: string;
  /** Values over the config's: `models.delays.train.with.l2=0.1`. */
  readonly set?: readonly string[];
}

/** A finished run of one model, all of it in memory. Dispose of it when done. */
export interface TestRun extends AsyncDisposable {
  /** What each task cost and gave. */
  readonly record: RunRecord;
  /** Metrics on every part and slice. */
  readonly evaluation: Evaluation;
  /** What the checks found, but for errors: those end the run. */
  readonly findings: readonly Finding[];
  /** The registered version, and whether its gates passed. */
  readonly version: ModelVersion;
  /** The model's card, as Markdown. */
  readonly card: string;
  readonly model: LoadedModel;
}

const OPTIONS = ["rows", "model", "folder", "env", "set"] as const satisfies readonly (keyof TestRunOptions)[];

/** Throws TEST_OPTION: without the compiler, a misspelt `rows` would have the config's own source read. */
function refuseUnknownOptions(options: TestRunOptions): void {
  const unknown = Object.keys(options).find((name) => !(OPTIONS as readonly string[]).includes(name));
  if (unknown !== undefined) throw new MillraceError({ code: "TEST_OPTION", message: `testRun() has no option "${unknown}".`, mend: suggest(unknown, OPTIONS), facts: { option: unknown, allowed: OPTIONS } });
}

const SILENT: core.Log = { info() {}, warn() {}, error() {}, debug() {} };

/**
 * Runs a project's pipeline in this process and its memory, for its own tests: nothing is written, and the certificate is a short one, of the config's runtime alone.
 * `config`: what `defineConfig` returns, or the path of a config file. Throws what `millrace run` would fail with, TEST_MODEL where the config has several models and none is named, and TEST_OPTION for an option that there is not.
 */
export async function testRun(config: string | object, options: TestRunOptions = {}): Promise<TestRun> {
  refuseUnknownOptions(options);
  const loaded = await load(config, options);
  const chosen = chooseModel(loaded.config.models, options.model);
  const frame = options.rows === undefined ? null : frameOf(options.rows);
  const registry = { ...createRegistry([...loaded.registry.plugins, memoryPlugin(frame)]), scope: loaded.registry.scope };
  loaded.hooks.plan.tap("test-run", withShortCertificates);
  // What a source spills while it reads; nothing else is written.
  const home = await mkdtemp(join(tmpdir(), "millrace-test-"));
  const close: (() => PromiseLike<void>)[] = [() => rm(home, { recursive: true, force: true })];
  const closeAll = async (): Promise<void> => {
    for (const one of close.splice(0).toReversed()) await one();
  };
  try {
    const engine = await createEngine({ config: { ...inMemory(loaded.config, chosen, frame !== null), home }, registry, hooks: loaded.hooks, log: SILENT, exportsVersions: false });
    close.push(() => engine[Symbol.asyncDispose]());
    const { record, error } = await engine.run();
    if (error !== null) throw error;
    const result = await resultOf(engine, record, chosen);
    close.push(() => result.model[Symbol.asyncDispose]());
    return { ...result, [Symbol.asyncDispose]: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function load(config: Parameters<typeof testRun>[0], { folder = ".", env = "", set = [] }: TestRunOptions): Promise<LoadedConfig> {
  const where = typeof config === "string" ? { folder: resolve("."), file: config } : { folder: resolve(folder), value: config };
  const modules = { millrace: await import("../index.js"), "@millrace/core": core };
  return loadConfig({ ...where, env, set, defaults: { plugins: defaults, uses: defaultUses }, modules });
}

function chooseModel(models: readonly ResolvedModel[], name: string | undefined): ResolvedModel {
  const names = models.map((model) => model.name);
  const found = name === undefined && models.length === 1 ? models[0] : models.find((model) => model.name === name);
  if (found !== undefined) return found;
  throw new MillraceError({
    code: "TEST_MODEL",
    message: name === undefined ? `The config has ${models.length} models, and a test runs one.` : `The config has no model "${name}".`,
    mend: name === undefined ? `Give testRun() one of them: { model: "${names[0] ?? "name"}" }.` : suggest(name, names),
    facts: { models: names },
  });
}

function frameOf(rows: readonly Row[] | Frame): Frame {
  return "fields" in rows ? rows : fromRows(fieldsOf(rows), rows);
}

/** The config with all that would be written kept in memory, and one model alone. */
function inMemory(config: ResolvedConfig, model: ResolvedModel, hasRows: boolean): ResolvedConfig {
  const memory = <K extends Use["kind"]>(kind: K): Use<K> => ({ kind, name: MEMORY, with: {} });
  const models = [{ ...model, witnesses: [], ...(hasRows ? { source: memory("source") } : {}) }];
  return { ...config, models, store: memory("store"), artifacts: memory("artifacts"), executor: memory("executor") };
}

/** A certificate in full takes longer than all the rest; what differs between rows and batches at all shows in a few. */
function withShortCertificates({ tasks }: Plan): Plan {
  return { tasks: tasks.map((task) => (task.step === "certify" ? { ...task, options: { batchSizes: [1, 7, 32], randomRows: 64 } } : task)) };
}

async function resultOf(engine: Engine, record: RunRecord, { name }: ResolvedModel): Promise<Omit<TestRun, keyof AsyncDisposable>> {
  const { store, artifacts } = engine;
  const [version, checked] = await Promise.all([findVersion(store, `${name}@1`), store.find("task", { where: { task: `${name}/check` } })]);
  const runtime = await createExtension(engine.registry, engine.config.runtime, engine.context);
  const model = await loadModel(`${name}@1`, { store, artifacts, runtime });
  return {
    record,
    version,
    model,
    evaluation: await readJson<Evaluation>(artifacts, version.metrics),
    findings: await readJson<readonly Finding[]>(artifacts, checked[0]!.value.outputs["findings"]!),
    card: new TextDecoder().decode(await readBytes(artifacts, version.card)),
  };
}
