import assert from "node:assert/strict";
import type { Json } from "../../contracts/json.js";
import type { Use } from "../../contracts/resolved.js";
import type { StepContext } from "../../contracts/step.js";
import type { Task, TaskSpec } from "../../contracts/task.js";
import { runInterrupted } from "../../errors/run-interrupted.js";
import { canonicalJson, isDigest } from "../../fold/digest.js";
import { inOrder } from "../../plan/order.js";
import { hasArtifact } from "../../record/artifact-bytes.js";
import { difference } from "../difference.js";
import { frozen } from "../frozen.js";
import type { Law } from "../law.js";
import { planning, running, type Planning, type Running, type StepCase } from "./step-case.js";

/** All that a step promises: a plan that is pure, and tasks that give the same wherever they run. */
export const stepLaws: readonly Law<StepCase>[] = [
  ofPlan("it adds a task of its own to the plan", ({ subject, plan }) => {
    assert.ok(plan.some(({ step }) => step === subject.step), `no task of the plan has the step "${subject.step}"`);
  }),
  ofPlan("each of its tasks has an id of its own below the model's name, and waits for tasks that are there", ({ subject, plan, model }) => {
    for (const { id } of ownOf(subject, plan)) assert.ok(id.startsWith(`${model.name}/`), `the id "${id}" does not begin with "${model.name}/"`);
    inOrder(plan);
  }),
  ofPlan("the same model and tasks give the same plan", ({ subject, plan, model, before }) => {
    const step = subject.create();
    for (const again of [step.plan(model, before), step.plan(model, before)]) same(again, plan);
  }),
  ofPlan("planning leaves model and tasks as they were", ({ subject, model, before }) => {
    subject.create().plan(frozen(model), frozen(before));
  }),
  ofPlan("a planned task is plain JSON", ({ subject, plan }) => {
    for (const task of ownOf(subject, plan)) same(JSON.parse(JSON.stringify(task)), task);
  }),
  ofTask("the same task gives the same outputs, ledger and summary", async (task, { run }) => {
    const first = await run(task);
    same(await run(task), first);
  }),
  ofTask("every output is an artifact that is there", async (task, { run, engine }) => {
    for (const [name, id] of Object.entries((await run(task)).outputs)) assert.ok(isDigest(id) && (await hasArtifact(engine.artifacts, id)), `the output "${name}" is ${id}`);
  }),
  ofTask("what other tasks wait for is among its outputs", async (task, { run, plan }) => {
    const given = Object.keys((await run(task)).outputs);
    for (const { id, inputs } of plan)
      for (const input of Object.values(inputs)) if (typeof input !== "string" && input.task === task.id) assert.ok(given.includes(input.output), `"${id}" waits for its output "${input.output}", and it gives ${given.join(", ")}`);
  }),
  ofTask("a result is plain JSON", async (task, { run }) => {
    const result = await run(task);
    same(JSON.parse(JSON.stringify(result)), result);
  }),
  ofTask("rows in are rows out and rows dropped", async (task, { run }) => {
    const { ledger } = await run(task);
    if (ledger === null) return;
    const dropped = ledger.dropped.reduce((sum, { rows }) => sum + rows, 0);
    assert.equal(ledger.rowsOut + dropped, ledger.rowsIn, `${ledger.rowsIn} rows came in, ${ledger.rowsOut} went out, ${dropped} were dropped`);
  }),
  ofTask("a task is left as it was", async (task, { run }) => {
    await run(frozen(task));
  }),
  ofTask("told to stop, it ends as RUN_INTERRUPTED", async (task, { run, subject }) => {
    if (subject.unstoppable !== undefined) return;
    const progress: StepContext["progress"] = () => Promise.reject(runInterrupted(`The task "${task.id}"`, "stopped"));
    await assert.rejects(run(task, { progress }), { code: "RUN_INTERRUPTED" });
  }),
  ofTask("its task names the extensions that it creates", async (task, { run, engine }) => {
    const named = Object.values(task.uses).map(textOf);
    const create: StepContext["create"] = async (kind, use) => {
      assert.ok(named.includes(textOf({ ...use, kind })), `it creates the ${kind} "${use.name}", which stands in no slot of the task's "uses"`);
      const { extension } = engine.registry.get(kind, use.name);
      return extension.create(use.with, engine.context);
    };
    await run(task, { create });
  }),
];

function ofPlan(name: string, check: (planned: Planning) => void): Law<StepCase> {
  return { name, check: async (subject) => check(await planning(subject)) };
}

/** A law of each of its tasks. */
function ofTask(name: string, check: (task: Task, bench: Running) => Promise<void>): Law<StepCase> {
  return {
    name,
    async check(subject) {
      const bench = await running(subject);
      try {
        for (const task of bench.tasks) await check(task, bench);
      } finally {
        await bench.engine[Symbol.asyncDispose]();
      }
    },
  };
}

function ownOf({ step }: StepCase, plan: readonly TaskSpec[]): readonly TaskSpec[] {
  return plan.filter((task) => task.step === step);
}

function same(found: unknown, expected: unknown): void {
  const differs = difference(found, expected);
  if (differs !== null) throw new Error(differs);
}

function textOf(use: Use): string {
  return canonicalJson(use as unknown as Json);
}
