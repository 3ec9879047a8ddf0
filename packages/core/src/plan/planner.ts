import type { Digest } from "../contracts/digest.js";
import type { TaskRecord } from "../contracts/entities.js";
import type { Json } from "../contracts/json.js";
import type { ResolvedModel, Use } from "../contracts/resolved.js";
import type { Step } from "../contracts/step.js";
import type { OutputOf, Plan, PlannedTask, TaskSpec } from "../contracts/task.js";
import { keyOf, keyParts } from "./key.js";
import { inOrder, waitsFor } from "./order.js";
import { differenceSentence, keyDifferences } from "./why.js";

/** What a plan is made from, besides the tasks. The planner only reads. */
export interface PlanFacts {
  /** A use's options as they enter a key. */
  keyed(use: Use): Json;
  /** Code digests, by plugin, of what a task calls: its step's package and those of its extensions. */
  code(task: TaskSpec): Readonly<Record<string, Digest>>;
  /** The record of a key whose artifacts are all there. */
  record(key: Digest): Promise<TaskRecord | null>;
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
  const base = { ...task, inputs, code, key };
  if (key === null) return [{ ...base, verdict: forced ? "run" : "run-unless-same", why: `waits for ${waiting.join(", ")}` }, null];
  if (forced) return [{ ...base, verdict: "run", why: "asked for" }, null];
  const record = await facts.record(key);
  const reused: PlannedTask | null = record === null ? null : { ...base, verdict: "reuse", why: `same key as in run ${record.run}` };
  if (reused !== null && (await facts.mayReuse(reused, record!))) return [reused, record];
  const last = await facts.last(task.id);
  const why = reused !== null ? "a plugin asks for it" : last === null ? "has not run before" : runReason(keyDifferences(last.parts, parts));
  return [{ ...base, verdict: "run", why }, null];
}

function runReason(differences: ReturnType<typeof keyDifferences>): string {
  return differences.length === 0 ? "its artifacts are gone" : differenceSentence(differences);
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

/** Whether a task may start: every task that it waits for has ended. */
export function isReady(task: Pick<TaskSpec, "inputs" | "after">, ended: ReadonlySet<string>): boolean {
  return waitsFor(task).every((id) => ended.has(id));
}
