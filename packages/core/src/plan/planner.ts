import type { Digest } from "../contracts/digest.js";
import type { TaskRecord } from "../contracts/entities.js";
import type { Json } from "../contracts/json.js";
import type { ResolvedModel, Use } from "../contracts/resolved.js";
import type { Step } from "../contracts/step.js";
import type { OutputOf, Plan, PlannedTask, TaskSpec } from "../contracts/task.js";
import type { ArtifactState } from "../record/artifact-state.js";
import { keyOf, keyParts, type KeyParts } from "./key.js";
import { inOrder, waitsFor } from "./order.js";
import { differenceSentence, keyDifferences } from "./why.js";

/** What a plan is made from, besides the tasks. The planner only reads. */
export interface PlanFacts {
  /** A use's options as they enter a key. */
  keyed(use: Use): Json;
  /** Code digests, by plugin, of what a task calls: its step's package and those of its extensions. */
  code(task: TaskSpec): Readonly<Record<string, Digest>>;
  /** The record of a key, and what has become of the artifacts that it names. */
  record(key: Digest): Promise<{ readonly record: TaskRecord; readonly state: ArtifactState } | null>;
  /** Whether nobody objects to reusing it. */
  mayReuse(task: PlannedTask, record: TaskRecord): Promise<boolean>;
  /** The newest record of a task's id, whatever its key. */
  last(task: string): Promise<TaskRecord | null>;
}

/** The tasks of a model: each step adds its own, in the steps' order. */
export function tasksOf(model: ResolvedModel, steps: readonly Step[]): readonly TaskSpec[] {
  return inOrder(steps.reduce<readonly TaskSpec[]>((tasks, step) => step.plan(model, tasks), []));
}

/** Gives each task its key where it can be known and its verdict; `forced` tasks run though a record exists. */
export async function planTasks(tasks: readonly TaskSpec[], facts: PlanFacts, forced: ReadonlySet<string> = new Set()): Promise<Plan> {
  const outputs = new Map<string, Readonly<Record<string, Digest>>>();
  const planned: PlannedTask[] = [];
  for (const task of inOrder(tasks)) {
    const [next, record] = await judge(task, outputs, facts, forced.has(task.id));
    if (record !== null) outputs.set(task.id, record.outputs);
    planned.push(next);
  }
  return { tasks: planned };
}

async function judge(
  task: TaskSpec,
  outputs: ReadonlyMap<string, Readonly<Record<string, Digest>>>,
  facts: PlanFacts,
  forced: boolean,
): Promise<readonly [PlannedTask, TaskRecord | null]> {
  const inputs = knownInputs(task.inputs, outputs);
  const code = facts.code(task);
  const parts = keyParts({ ...task, inputs }, code, (use) => facts.keyed(use));
  const waiting = [...new Set(Object.values(inputs).flatMap((input) => (typeof input === "string" ? [] : [input.task])))];
  const key = waiting.length === 0 ? keyOf(parts) : null;
  const base = { ...task, inputs, code, needs: waitsFor(task), key };
  if (key === null) return [{ ...base, verdict: forced ? "run" : "run-unless-same", why: `waits for ${waiting.join(", ")}` }, null];
  if (forced) return [{ ...base, verdict: "run", why: "asked for" }, null];
  const record = await reusable({ ...base, verdict: "reuse", why: "same key" }, key, facts);
  if (record !== null) return [{ ...base, verdict: "reuse", why: reuseReason(record) }, record];
  return [{ ...base, verdict: "run", why: await runReason(task.id, key, parts, facts) }, null];
}

/** The record that a task may take instead of running. */
export async function reusable(task: PlannedTask, key: Digest, facts: PlanFacts): Promise<TaskRecord | null> {
  const found = await facts.record(key);
  return found !== null && found.state.is === "whole" && (await facts.mayReuse(task, found.record)) ? found.record : null;
}

export function reuseReason(record: TaskRecord): string {
  return `same key as in run ${record.run}`;
}

const REASONS: Readonly<Record<ArtifactState["is"], (output: string | null) => string>> = {
  whole: () => "a plugin asks for it",
  gone: (output) => `its artifact "${output}" is gone`,
  altered: (output) => `its artifact "${output}" was altered`,
};

/** Why a task that cannot be reused runs, one sentence. */
export async function runReason(task: string, key: Digest, parts: KeyParts, facts: PlanFacts): Promise<string> {
  const found = await facts.record(key);
  if (found !== null) return REASONS[found.state.is](found.state.output);
  const last = await facts.last(task);
  return last === null ? "has not run before" : differenceSentence(keyDifferences(last.parts, parts));
}

/** Inputs with the digests of outputs that are known. */
export function knownInputs(
  inputs: Readonly<Record<string, Digest | OutputOf>>,
  outputs: ReadonlyMap<string, Readonly<Record<string, Digest>>>,
): Readonly<Record<string, Digest | OutputOf>> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [name, typeof input === "string" ? input : (outputs.get(input.task)?.[input.output] ?? input)]),
  );
}
