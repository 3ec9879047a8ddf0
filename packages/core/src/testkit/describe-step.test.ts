import { expect, test } from "vitest";
import type { Step } from "../contracts/step.js";
import type { TaskSpec } from "../contracts/task.js";
import { putJson, readJson } from "../record/artifact-bytes.js";
import { describeStep } from "./describe-step.js";
import { brokenLaws } from "./law.js";
import type { StepCase } from "./step/step-case.js";
import { stepLaws } from "./step/step-laws.js";

const taskOf = (model: string): TaskSpec => ({
  id: `${model}/count`,
  step: "count",
  inputs: { frames: { task: `${model}/read`, output: "frames" } },
  options: { unit: "rows" },
  uses: { check: { kind: "check", name: "positive", with: { column: "x" } } },
  after: [],
});

/** Counts the rows of the source. */
const honest: Step = {
  place: "executor",
  plan: (model, tasks) => [...tasks, taskOf(model.name)],
  async run(task, { artifacts, create, progress }) {
    const { rows } = await readJson<{ readonly rows: number }>(artifacts, task.inputs["frames"]!);
    await create("check", task.uses["check"] as never);
    await progress(1, "counted");
    return { outputs: { count: await putJson(artifacts, { rows }) }, ledger: { rowsIn: rows, rowsOut: rows, dropped: [] }, summary: { rows } };
  },
};

const subject: StepCase = { create: () => honest, step: "count" };
const planned = (plan: Step["plan"]): Partial<StepCase> => ({ create: () => ({ ...honest, plan }) });
const ran = (run: Step["run"]): Partial<StepCase> => ({ create: () => ({ ...honest, run }) });
/** What others read of it. */
const readers = (output: string): Step["plan"] => (model, tasks) => [...honest.plan(model, tasks), { ...taskOf(model.name), id: `${model.name}/later`, step: "read", inputs: { count: { task: `${model.name}/count`, output } } }];
let calls = 0;

/** For each law, what only that law catches. */
const mutants: Record<string, Partial<StepCase>> = {
  "it adds a task of its own to the plan": planned((_, tasks) => tasks),
  "each of its tasks has an id of its own below the model's name, and waits for tasks that are there": planned((_, tasks) => [...tasks, { ...taskOf("model"), id: "count" }]),
  "the same model and tasks give the same plan": planned((model, tasks) => [...tasks, { ...taskOf(model.name), options: { at: calls++ } }]),
  "planning leaves model and tasks as they were": planned((model, tasks) => {
    Object.assign(tasks[0]!, { after: [] });
    return honest.plan(model, tasks);
  }),
  "a planned task is plain JSON": planned((model, tasks) => [...tasks, { ...taskOf(model.name), options: { since: new Date(0) as never } }]),
  "the same task gives the same outputs, ledger and summary": ran(async (task, context) => ({ ...(await honest.run(task, context)), summary: { calls: calls++ } })),
  "every output is an artifact that is there": ran(async (task, context) => ({ ...(await honest.run(task, context)), outputs: { count: `sha256:${"0".repeat(64)}` as never } })),
  "what other tasks wait for is among its outputs": planned(readers("counts")),
  "a result is plain JSON": ran(async (task, context) => ({ ...(await honest.run(task, context)), summary: { share: NaN } })),
  "rows in are rows out and rows dropped": ran(async (task, context) => ({ ...(await honest.run(task, context)), ledger: { rowsIn: 120, rowsOut: 100, dropped: [] } })),
  "a task is left as it was": ran(async (task, context) => {
    (task.options as { unit: string }).unit = "row";
    return honest.run(task, context);
  }),
  "told to stop, it ends as RUN_INTERRUPTED": ran((task, context) => honest.run(task, { ...context, progress: async () => {} })),
  "its task names the extensions that it creates": ran(async (task, context) => {
    await context.create("transform", { kind: "transform", name: "center", with: { scale: 1 } });
    return honest.run(task, context);
  }),
};

describeStep({ name: "count", ...subject });

test("every law has a mutant", () => {
  expect(Object.keys(mutants)).toEqual(stepLaws.map(({ name }) => name));
});

test.each(Object.keys(mutants))("a mutant breaks this law alone: %s", async (name) => {
  expect(await brokenLaws(stepLaws, { ...subject, ...mutants[name] })).toEqual([name]);
});

test("a step that cannot stop says why, and is not asked to", async () => {
  const unstoppable = { ...subject, ...mutants["told to stop, it ends as RUN_INTERRUPTED"], unstoppable: "It takes a millisecond." };
  expect(await brokenLaws(stepLaws, unstoppable)).toEqual([]);
});

test("what others wait for is found", async () => {
  expect(await brokenLaws(stepLaws, { ...subject, ...planned(readers("count")) })).toEqual([]);
});
