import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Watch } from "../contracts/executor.js";
import type { PluginContext } from "../contracts/plugin.js";
import type { StepContext } from "../contracts/step.js";
import type { Task, TaskResult } from "../contracts/task.js";
import { MillraceError } from "../errors/millrace-error.js";
import { seeded } from "../frame/random.js";
import { createExtension } from "../plugin/create-extension.js";
import type { Registry } from "../plugin/registry.js";
import { taskCode } from "../plugin/task-code.js";
import { taskCheckpoints } from "./checkpoints.js";
import { withReadRow } from "./data/error-place.js";
import type { Blame } from "./strict/blame.js";
import { taskProgress } from "./task-progress.js";

export interface TaskRunnerParts {
  readonly registry: Registry;
  readonly artifacts: ArtifactStore;
  readonly context: PluginContext;
  readonly coordinator: StepContext["coordinator"];
  /** Who is to blame for undeclared reads; null: the run is not strict. */
  readonly blame: Blame | null;
}

/** Does a task in this process: finds its step, and gives it what a step may touch. Throws WORKER_MISMATCH where the code here is not what the task was planned with, and STRICT_UNDECLARED. */
export async function runTask(task: Task, watch: Watch, { registry, artifacts, context, coordinator, blame }: TaskRunnerParts): Promise<TaskResult> {
  refuseOtherCode(task, registry, context.folder);
  const step = await createExtension(registry, { kind: "step", name: task.step, with: {} }, context);
  const { progress, settled } = taskProgress(task.id, watch);
  const given: StepContext = {
    signal: watch.signal,
    limits: context.limits,
    artifacts,
    coordinator,
    create: (kind, use) => createExtension(registry, { ...use, kind }, context),
    progress,
    checkpoints: taskCheckpoints(task, artifacts, watch),
    random: seeded(task.key),
  };
  try {
    const result = await (blame === null ? step.run(task, given) : (await import("./strict/strictly.js")).strictly(task, given, blame, (watched) => step.run(task, watched)));
    await settled();
    return result;
  } catch (error) {
    throw await withReadRow(error, task, artifacts);
  }
}

function refuseOtherCode(task: Task, registry: Registry, folder: string): void {
  const here = taskCode(registry, task, folder);
  const other = Object.keys(here).filter((plugin) => here[plugin] !== task.code[plugin]);
  if (other.length === 0) return;
  throw new MillraceError({
    code: "WORKER_MISMATCH",
    message: `The task "${task.id}" was planned with other code than the worker has: ${other.join(", ")}.`,
    mend: "Install the same versions and local plugins for the worker as for the run, and start both again.",
    facts: { task: task.id, plugins: other },
  });
}
