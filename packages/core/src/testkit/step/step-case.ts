import { z } from "zod";
import type { Frame } from "../../contracts/frame.js";
import type { Plugin, PluginContext } from "../../contracts/plugin.js";
import type { ResolvedModel, Use } from "../../contracts/resolved.js";
import type { Coordinator, Step, StepContext } from "../../contracts/step.js";
import type { OutputOf, PlannedTask, Task, TaskResult, TaskSpec } from "../../contracts/task.js";
import { corePlugin } from "../../engine/core-plugin.js";
import type { Engine } from "../../engine/create-engine.js";
import { digestOfJson } from "../../fold/digest.js";
import { seeded } from "../../frame/random.js";
import { createHooks } from "../../hooks/create-hooks.js";
import { createExtension } from "../../plugin/create-extension.js";
import { defineExtension } from "../../plugin/extension.js";
import { definePlugin } from "../../plugin/plugin.js";
import { knownInputs, tasksOf } from "../../plan/planner.js";
import { waitsFor } from "../../plan/order.js";
import { runTask } from "../../run/task-runner.js";
import { sampleFrame, sampleProject } from "../sample-project.js";
import { createTestEngine, framesSource } from "../test-engine.js";

export interface StepCase {
  create(): Step;
  /** The name under which its plugin brings it. */
  readonly step: string;
  /** What is in the source, a partition each. Default: 120 rows of `x`, `city` and `y`. */
  readonly frames?: readonly Frame[];
  /** What is special of the model in whose plan it stands. Default: one that predicts `y` as the mean. */
  readonly model?: Partial<ResolvedModel>;
  /** Plugins whose extensions the model names. */
  readonly plugins?: readonly Plugin[];
  /** Why it may go on when it is told to stop, as a sentence. Default: it must stop. */
  readonly unstoppable?: string;
}

/** A step, the core's plan of a model, and what the step makes of it. */
export interface Planning {
  readonly subject: StepCase;
  readonly model: ResolvedModel;
  readonly before: readonly TaskSpec[];
  readonly plan: readonly TaskSpec[];
}

export async function planning(subject: StepCase): Promise<Planning> {
  const partitions = await framesSource(framesOf(subject)).partitions();
  const model = { ...sampleProject(subject.model).model, partitions };
  const { extensions } = corePlugin;
  // A step of the core's own has its place among the others.
  const steps = (isCores(subject) ? extensions.slice(0, extensions.findIndex(({ name }) => name === subject.step)) : extensions).map(({ create }) => create({}, {} as PluginContext) as Step);
  const before = tasksOf(model, steps);
  return { subject, model, before, plan: subject.create().plan(model, before) };
}

function isCores({ step }: StepCase): boolean {
  return corePlugin.extensions.some(({ name }) => name === step);
}

/** A step's tasks in the plan of a model, all that they wait for done. */
export interface Running {
  readonly subject: StepCase;
  readonly engine: Engine;
  /** The whole plan. */
  readonly plan: readonly TaskSpec[];
  /** Its own tasks, ready to run. */
  readonly tasks: readonly Task[];
  run(task: Task, changes?: Partial<StepContext>): Promise<TaskResult>;
}

/** Does what the step's tasks wait for, on memory, and of its own tasks those that others of them wait for. */
export async function running(subject: StepCase): Promise<Running> {
  const brought = definePlugin({ name: "step-under-test", version: "1.0.0", url: import.meta.url, extensions: [defineExtension("step", { name: subject.step, summary: "The step under test.", options: z.strictObject({}), create: () => subject.create() })] });
  const { model, plugins } = sampleProject(subject.model);
  const engine = await createTestEngine({ frames: framesOf(subject), plugins: [...plugins, ...(isCores(subject) ? [] : [brought]), ...(subject.plugins ?? [])], models: [model] });
  const { tasks: plan } = await engine.plan();
  const own = plan.filter(({ step }) => step === subject.step);
  const before = [...new Set(own.flatMap(waitsFor))].filter((id) => own.every((task) => task.id !== id));
  if (before.length > 0) {
    const { error } = await engine.run({ only: before });
    if (error !== null) throw error;
  }
  const run: Running["run"] = async (task, changes = {}) => subject.create().run(task, { ...contextOf(engine, subject.create().place, task), ...changes });
  return { subject, engine, plan, run, tasks: await readyTasks(own, await outputsOf(engine), run) };
}

function framesOf({ frames = [sampleFrame(120)] }: StepCase): readonly Frame[] {
  return frames;
}

async function outputsOf(engine: Engine): Promise<Map<string, TaskResult["outputs"]>> {
  return new Map((await engine.store.find("task", {})).map(({ value }) => [value.task, value.outputs]));
}

async function readyTasks(planned: readonly PlannedTask[], outputs: Map<string, TaskResult["outputs"]>, run: Running["run"]): Promise<readonly Task[]> {
  const ready: Task[] = [];
  for (const [index, { id, step, options, uses, code, ...task }] of planned.entries()) {
    const inputs = knownInputs(task.inputs, outputs);
    const unknown = Object.values(inputs).find((input): input is OutputOf => typeof input !== "string");
    if (unknown !== undefined) throw new Error(`the task "${id}" waits for the output "${unknown.output}" of "${unknown.task}", which gives none of that name`);
    const known = { id, step, inputs: inputs as Task["inputs"], options, uses, code };
    ready.push({ ...known, key: digestOfJson(known as never) });
    if (planned.slice(index + 1).some((later) => waitsFor(later).includes(id))) outputs.set(id, (await run(ready.at(-1)!)).outputs);
  }
  return ready;
}

/** As `runTask` makes it; a step of the coordinator gets one that does scheduled tasks at once. */
function contextOf({ registry, artifacts, context, store }: Engine, place: Step["place"], task: Task): StepContext {
  const { signal } = new AbortController();
  const parts = { registry, artifacts, context, coordinator: null, blame: null };
  const coordinator: Coordinator = {
    store,
    hooks: createHooks([], context),
    run: "run",
    startedAt: "2026-01-01T00:00:00.000Z",
    slots: 1,
    async *schedule(tasks) {
      for (const one of tasks) yield await runTask(one, { event: async () => "continue", signal }, parts);
    },
  };
  return {
    signal,
    limits: context.limits,
    artifacts,
    coordinator: place === "coordinator" ? coordinator : null,
    create: (kind, use: Use) => createExtension(registry, { ...use, kind }, context),
    progress: async () => {},
    checkpoints: { last: async () => null, keep: async () => {} },
    random: seeded(task.key),
  };
}

