import type { Executor } from "../contracts/executor.js";
import type { RunRecord } from "../contracts/entities.js";
import type { Plan } from "../contracts/task.js";
import { notify } from "../hooks/call.js";
import { createExtension } from "../plugin/create-extension.js";
import { newRunId } from "../record/run-ids.js";
import { afterCollection } from "../run/collection-lease.js";
import { guardMemory } from "../run/memory-guard.js";
import type { RunEvent } from "../run/run-event.js";
import { holdRunLease, settleDeadRuns } from "../run/run-lease.js";
import { runStatus, runTasks } from "../run/runner.js";
import { schedule } from "../run/schedule.js";
import { runTask } from "../run/task-runner.js";
import { environmentOf } from "../run/environment/environment.js";
import { corePlugin } from "./core-plugin.js";
import { exportVersions } from "./export-versions.js";
import type { Opened } from "./opened.js";
import { checkNewProject, planConfig, type PlanOptions } from "./plan-config.js";

export interface RunOptions extends PlanOptions {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

const NEVER = new AbortController().signal;

/** Plans and does the plan; what the run was is in the store from its first moment to its end, however it ends. */
export async function runConfig(opened: Opened, { signal = NEVER, onEvent = () => {}, ...options }: RunOptions) {
  const isChecked = await checkNewProject(opened, options);
  const id = newRunId();
  // Held from before the plan on: what the plan will reuse is not collected meanwhile.
  await using _lease = await holdRunLease(opened.store, id);
  await afterCollection(opened.store, signal);
  const plan = await planConfig(opened, options, isChecked);
  const executor = await opened.executor();
  const started = await startRecord(opened, plan, options);
  await settleDeadRuns(opened.store, Date.now());
  await opened.store.commit([{ entity: "run", id, expect: null, value: started }]);
  try {
    onEvent({ kind: "started", run: id, plan });
    await notify(opened.hooks.runStarted, () => [started, id]);
    using memory = guardMemory(opened.config.limits);
    const { outcomes, error: failure } = await doTasks(opened, plan, { id, startedAt: started.startedAt, executor, signal: AbortSignal.any([signal, memory.signal]), onEvent });
    const error = failure !== null && memory.signal.aborted && !signal.aborted ? memory.signal.reason as unknown : failure;
    const record: RunRecord = { ...started, status: runStatus(error, signal), endedAt: now(), tasks: outcomes };
    await endRun(opened, id, record);
    if (opened.exportsVersions !== false) await exportVersions(opened, outcomes);
    await notify(opened.hooks.runEnded, () => [record, id]);
    onEvent({ kind: "ended", run: id, record });
    return { id, record, error };
  } catch (error) {
    const current = await opened.store.get("run", id);
    if (current?.value.status === "running") await endRun(opened, id, { ...current.value, status: "failed", endedAt: now() });
    throw error;
  }
}

interface RunInHand {
  readonly id: string;
  readonly startedAt: string;
  readonly executor: Executor;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
}

function doTasks(opened: Opened, plan: Plan, { id, startedAt, executor, signal, onEvent }: RunInHand) {
  const { limits } = opened.config;
  const owned = { store: opened.store, hooks: opened.hooks, run: id, startedAt, slots: executor.slots };
  const coordinate: Executor["run"] = (task, watch) => runTask(task, watch, { ...opened, coordinator: { ...owned, schedule: (tasks) => schedule(tasks, executor, watch, limits) } });
  return runTasks({
    ...opened, plan, run: id, executor, coordinate, signal, limits, tell: onEvent, now,
    personal: (task) => opened.config.models.find(({ name }) => task.startsWith(`${name}/`))?.columns.pii ?? [],
    createSource: (use) => createExtension(opened.registry, use, opened.context),
    isCoordinators: async (step) => (await createExtension(opened.registry, { kind: "step", name: step, with: {} }, opened.context)).place === "coordinator",
  });
}

/** Whatever was said of the run meanwhile (a machine that slept looks dead), this is how it ended. */
async function endRun({ store }: Opened, id: string, record: RunRecord): Promise<void> {
  const current = await store.get("run", id);
  await store.commit([{ entity: "run", id, expect: current?.revision ?? null, value: record }]);
}

async function startRecord({ config }: Opened, plan: Plan, { sample }: PlanOptions): Promise<RunRecord> {
  const models = [...new Set(plan.tasks.map(({ id }) => id.split("/")[0]!))];
  return { project: config.project, status: "running", config: config.digest, models, sample: sample ?? null, startedAt: now(), endedAt: null, environment: await environmentOf(config.folder, corePlugin.version), tasks: [] };
}

function now(): string {
  return new Date().toISOString();
}
