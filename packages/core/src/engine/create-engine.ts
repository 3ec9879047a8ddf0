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
import { corePlugin } from "./core-plugin.js";
import type { Collection, CollectOptions } from "./collect.js";
import { lazyStore } from "./lazy-store.js";
import { planConfig, type PlanOptions } from "./plan-config.js";
import type { EngineParts, Opened } from "./opened.js";
import { planFacts } from "./plan-facts.js";
import { projectReference } from "./project-reference.js";
import type { RunOptions } from "./run-config.js";
import type { Why } from "./why-task.js";
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

/** The composition root: opens store and artifacts, and wires the rest. What a plan does not need loads with the first call that does. */
export async function createEngine(parts: EngineParts): Promise<Engine> {
  const registry = withCore(parts.registry);
  const { config } = parts;
  const log = hidingLog(parts.log);
  const blame = parts.isStrict === true ? (await import("../run/strict/blame.js")).blamePlugins(registry, corePlugin.url) : null;
  const runTask: PluginContext["runTask"] = async (task, watch) => (await import("../run/task-runner.js")).runTask(task, watch, { registry, artifacts, context, coordinator: null, blame });
  const context: PluginContext = { folder: config.folder, home: config.home, limits: config.limits, log, project: projectReference(parts), runTask };
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
    run: async (options = {}) => (await import("./run-config.js")).runConfig(opened, options),
    why: async (task) => (await import("./why-task.js")).whyTask(opened, task),
    collect: async (options) => (await import("./collect.js")).collect(opened, options),
    async [Symbol.asyncDispose]() {
      await (await executor?.catch(() => null))?.[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}
