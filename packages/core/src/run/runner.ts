import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import type { RunRecord, TaskOutcome, TaskRecord } from "../contracts/entities.js";
import type { Executor, Watch } from "../contracts/executor.js";
import type { Hooks } from "../contracts/hooks.js";
import type { Log } from "../contracts/plugin.js";
import type { Store } from "../contracts/store.js";
import type { Plan, PlannedTask, Task } from "../contracts/task.js";
import { maskedError } from "../errors/masked.js";
import { MillraceError } from "../errors/millrace-error.js";
import { runInterrupted } from "../errors/run-interrupted.js";
import { explained } from "../errors/explained.js";
import { notify } from "../hooks/call.js";
import { keyOf, keyParts, type KeyParts } from "../plan/key.js";
import { waitsFor } from "../plan/order.js";
import { knownInputs, reusable, reuseReason, runReason, type PlanFacts } from "../plan/planner.js";
import { attempt, type AttemptLimits } from "./attempt.js";
import { commitRecord } from "./cache.js";
import { lastCheckpoint, setCheckpoint } from "./checkpoints.js";
import { withSourcePlace, type Rereading } from "./data/error-place.js";
import { failureJson } from "./failure.js";
import { watchPeakMemory } from "./peak-memory.js";
import type { RunEvent } from "./run-event.js";

export interface RunnerParts {
  readonly plan: Plan;
  readonly run: string;
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  readonly hooks: Hooks;
  readonly facts: PlanFacts;
  readonly executor: Executor;
  /** Runs a coordinator's task in this process. */
  readonly coordinate: Executor["run"];
  isCoordinators(step: string): Promise<boolean>;
  /** Columns of personal data of the model that a task is of: its errors do not quote them. */
  personal(task: string): readonly string[];
  readonly createSource: Rereading["createSource"];
  readonly limits: AttemptLimits;
  readonly signal: AbortSignal;
  readonly log: Log;
  tell(event: RunEvent): void;
  /** ISO 8601. */
  now(): string;
}

/** What tasks gave so far. */
interface Progressed {
  readonly outputs: Map<string, Readonly<Record<string, Digest>>>;
  readonly outcomes: Map<string, TaskOutcome>;
  error: unknown;
}

/** Does a plan: each task as soon as what it waits for has ended, as many at once as the executor has slots. After a failure nothing new starts. */
export async function runTasks(parts: RunnerParts): Promise<{ readonly outcomes: readonly TaskOutcome[]; readonly error: unknown }> {
  const progressed: Progressed = { outputs: new Map(), outcomes: new Map(), error: null };
  const waiting = new Set(parts.plan.tasks);
  const running = new Map<string, Promise<void>>();
  const isReady = (task: PlannedTask) => waitsFor(task).every((id) => progressed.outcomes.has(id) || !parts.plan.tasks.some((other) => other.id === id));
  for (;;) {
    if (parts.signal.aborted) progressed.error ??= runInterrupted("The run", parts.signal.reason);
    for (const task of waiting) {
      if (progressed.error !== null || running.size >= parts.executor.slots || !isReady(task)) continue;
      waiting.delete(task);
      running.set(task.id, runOne(task, progressed, parts).finally(() => running.delete(task.id)));
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  for (const task of waiting) progressed.outcomes.set(task.id, outcomeOf(task, null, "skipped", "the run ended before"));
  return { outcomes: parts.plan.tasks.map(({ id }) => progressed.outcomes.get(id)!), error: progressed.error };
}

async function runOne(planned: PlannedTask, progressed: Progressed, parts: RunnerParts): Promise<void> {
  const inputs = knownInputs(planned.inputs, progressed.outputs) as Readonly<Record<string, Digest>>;
  const keys = keyParts({ ...planned, inputs }, planned.code, (use) => parts.facts.keyed(use));
  const key = keyOf(keys);
  const task: Task = { id: planned.id, step: planned.step, key, inputs, options: planned.options, uses: planned.uses, code: planned.code };
  const started = performance.now();
  let attempts = 0;
  let why = planned.why;
  try {
    const reused = planned.verdict === "run" ? null : await reusable(planned, key, parts.facts);
    if (reused === null && planned.verdict !== "run") why = await runReason(planned.id, key, keys, parts.facts);
    const outcome = reused === null ? await execute({ ...planned, why }, task, keys, progressed, parts, () => attempts++) : reuse(planned, task, reused, progressed);
    progressed.outcomes.set(planned.id, outcome);
    await notify(parts.hooks.taskEnded, () => [outcome]);
    parts.tell({ kind: "task-ended", task: planned, outcome });
  } catch (thrown) {
    const error = await withSourcePlace(maskedError(explained(thrown), parts.personal(planned.id)), planned, { ...parts, tasks: parts.plan.tasks });
    const seconds = (performance.now() - started) / 1_000;
    const outcome: TaskOutcome = { ...outcomeOf(planned, key, isStopped(error, parts.signal) ? "interrupted" : "failed", why), seconds, attempts, error: failureJson(error) };
    progressed.error ??= error;
    progressed.outcomes.set(planned.id, outcome);
    await notify(parts.hooks.taskFailed, () => [outcome, error]);
    parts.tell({ kind: "task-ended", task: planned, outcome });
  }
}

function reuse(planned: PlannedTask, task: Task, record: TaskRecord, progressed: Progressed): TaskOutcome {
  progressed.outputs.set(planned.id, record.outputs);
  const { seconds, peakBytes, ledger, summary } = record;
  return { ...outcomeOf(planned, task.key, "reused", reuseReason(record)), seconds, peakBytes, ledger, summary };
}

async function execute(planned: PlannedTask, task: Task, keys: KeyParts, progressed: Progressed, parts: RunnerParts, onTry: () => void): Promise<TaskOutcome> {
  parts.tell({ kind: "task-started", task: planned });
  await notify(parts.hooks.taskStarted, () => [planned, task.key]);
  const run: Executor["run"] = (await parts.isCoordinators(task.step)) ? parts.coordinate : (one, watch) => parts.executor.run(one, watch);
  let checkpoint = await lastCheckpoint(parts.store, task.key);
  const watch: Watch = {
    signal: parts.signal,
    async event(event) {
      if (event.kind === "checkpoint") await setCheckpoint(parts.store, task, { artifact: (checkpoint = event.artifact), savedAt: parts.now() });
      parts.tell({ kind: "task-event", task: planned, event });
      return parts.signal.aborted ? "stop" : "continue";
    },
  };
  const started = performance.now();
  const peak = watchPeakMemory();
  const { result, attempts } = await attempt(task, (one, its) => run(checkpoint === null ? one : { ...one, checkpoint }, its), watch, parts.limits, onTry);
  const { outputs, ledger, summary } = result;
  const measured = { seconds: (performance.now() - started) / 1_000, peakBytes: peak() };
  const record: Omit<TaskRecord, "stamps"> = { task: task.id, step: task.step, run: parts.run, parts: keys, outputs, ledger, summary, ...measured, finishedAt: parts.now() };
  const kept = await commitRecord(parts.store, parts.artifacts, task.key, record);
  if (checkpoint !== null) await setCheckpoint(parts.store, task, null);
  if (JSON.stringify(kept.outputs) !== JSON.stringify(record.outputs)) parts.log.warn({ task: task.id, key: task.key, run: kept.run }, "the task gave other bytes than the run before, with the same key: something it reads is not declared");
  progressed.outputs.set(task.id, kept.outputs);
  return { ...outcomeOf(planned, task.key, "succeeded", planned.why), ...measured, attempts, ledger, summary };
}

/** A task that fails by itself while the run stops has failed. */
function isStopped(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && MillraceError.is(error, "RUN_INTERRUPTED");
}

function outcomeOf(task: PlannedTask, key: Digest | null, status: TaskOutcome["status"], why: string): TaskOutcome {
  return { task: task.id, step: task.step, needs: task.needs, key, status, why, seconds: 0, peakBytes: null, attempts: 0, ledger: null, summary: null, error: null };
}

export function runStatus(error: unknown, signal: AbortSignal): RunRecord["status"] {
  return error === null ? "succeeded" : signal.aborted ? "interrupted" : "failed";
}
