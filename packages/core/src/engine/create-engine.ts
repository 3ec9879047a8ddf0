import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Executor } from "../contracts/executor.js";
import type { RunRecord } from "../contracts/entities.js";
import type { Log, PluginContext } from "../contracts/plugin.js";
import type { Store } from "../contracts/store.js";
import type { Plan } from "../contracts/task.js";
import type { ResolvedConfig } from "../config/resolved-config.js";
import { createExtension } from "../plugin/create-extension.js";
import { hidingLog } from "../plugin/secrets.js";
import type { Registry } from "../plugin/registry.js";
import { blamePlugins } from "../run/strict/blame.js";
import { runTask } from "../run/task-runner.js";
import { corePlugin } from "./core-plugin.js";
import { collect, type Collection, type CollectOptions } from "./collect.js";
import { projectReference } from "./create-worker.js";
import { lazyStore } from "./lazy-store.js";
import { planConfig, type PlanOptions } from "./plan-config.js";
import type { EngineParts, Opened } from "./opened.js";
import { planFacts } from "./plan-facts.js";
import { runConfig, type RunOptions } from "./run-config.js";
import { whyTask, type Why } from "./why-task.js";
import { withCore } from "./with-core.js";

/** One project, opened. Closing it closes its executor and its store. */
export interface Engine extends AsyncDisposable {
  readonly config: ResolvedConfig;
  readonly registry: Registry;
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  readonly context: PluginContext;
  readonly log: Log;
  plan(options?: PlanOptions): Promise<Plan>;
  /** Never rejects for a task that fails: see the record's status, and `error`. */
  run(options?: RunOptions): Promise<{ readonly id: string; readonly record: RunRecord; readonly error: unknown }>;
  why(task: string): Promise<Why>;
  /** What can go by `retention`; removes it unless it is asked to say so only. */
  collect(options: CollectOptions): Promise<Collection>;
}

/** The composition root: opens store and artifacts, and wires the rest. */
export async function createEngine(parts: EngineParts): Promise<Engine> {
  const registry = withCore(parts.registry);
  const { config } = parts;
  const log = hidingLog(parts.log);
  const blame = parts.isStrict === true ? blamePlugins(registry, corePlugin.url) : null;
  const context: PluginContext = { folder: config.folder, home: config.home, limits: config.limits, log, project: projectReference(parts), runTask: (task, watch) => runTask(task, watch, { registry, artifacts, context, coordinator: null, blame }) };
  const artifacts = await createExtension(registry, config.artifacts, context);
  const store = lazyStore(() => createExtension(registry, config.store, context));
  let executor: Promise<Executor> | null = null;
  const opened: Opened = {
    ...parts, registry, store, artifacts, context, blame, facts: planFacts(registry, store, artifacts, parts.hooks, context.folder),
    executor: () => (executor ??= createExtension(registry, config.executor, context)),
  };
  return {
    config,
    registry,
    store,
    artifacts,
    context,
    log,
    plan: (options = {}) => planConfig(opened, options),
    run: (options = {}) => runConfig(opened, options),
    why: (task) => whyTask(opened, task),
    collect: (options) => collect(opened, options),
    async [Symbol.asyncDispose]() {
      await (await executor?.catch(() => null))?.[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}
