import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Watch } from "../contracts/executor.js";
import type { PluginContext } from "../contracts/plugin.js";
import type { StepContext } from "../contracts/step.js";
import type { Task, TaskResult } from "../contracts/task.js";
import { runInterrupted } from "../errors/run-interrupted.js";
import { breather } from "../fold/breathe.js";
import { seeded } from "../frame/random.js";
import { createExtension } from "../plugin/create-extension.js";
import type { Registry } from "../plugin/registry.js";

export interface TaskRunnerParts {
  readonly registry: Registry;
  readonly artifacts: ArtifactStore;
  readonly context: PluginContext;
  readonly coordinator: StepContext["coordinator"];
}

/** Does a task in this process: finds its step, and gives it what a step may touch. */
export async function runTask(task: Task, watch: Watch, { registry, artifacts, context, coordinator }: TaskRunnerParts): Promise<TaskResult> {
  const step = await createExtension(registry, { kind: "step", name: task.step, with: {} }, context);
  const breathe = breather(watch.signal);
  return step.run(task, {
    signal: watch.signal,
    limits: context.limits,
    artifacts,
    coordinator,
    create: (kind, use) => createExtension(registry, { ...use, kind }, context),
    async progress(share, message) {
      if ((await watch.event({ kind: "progress", share, message })) === "stop") throw runInterrupted(`The task "${task.id}"`, "stopped");
      await breathe();
    },
    random: seeded(task.key),
  });
}
