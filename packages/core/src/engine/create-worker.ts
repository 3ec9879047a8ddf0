import type { PluginContext } from "../contracts/plugin.js";
import type { Worker, WorkerContext } from "../contracts/worker.js";
import { createExtension } from "../plugin/create-extension.js";
import { hidingLog } from "../plugin/secrets.js";
import type { Registry } from "../plugin/registry.js";
import { blamePlugins } from "../run/strict/blame.js";
import { runTask } from "../run/task-runner.js";
import { corePlugin } from "./core-plugin.js";
import type { WorkerProject } from "./project-reference.js";
import { withCore } from "./with-core.js";

/** What `EngineParts.worker` gave as files, for the module that finds the plugins again. */
export function workerFiles<T>(context: WorkerContext): T {
  return (context.project as unknown as WorkerProject).files as T;
}

/** A worker of a project: the composition root of another thread or machine. */
export async function createWorker(plugins: Registry, { project, limits, log }: WorkerContext): Promise<Worker> {
  const { folder, home, artifacts: use, isStrict } = project as unknown as WorkerProject;
  const registry = withCore(plugins);
  const blame = isStrict ? blamePlugins(registry, corePlugin.url) : null;
  const context: PluginContext = { folder, home, limits, log: hidingLog(log), project: null, runTask: (task, watch) => runTask(task, watch, { registry, artifacts, context, coordinator: null, blame }) };
  const artifacts = await createExtension(registry, use, context);
  return context;
}
