import type { ResolvedModel } from "../contracts/resolved.js";
import type { Step } from "../contracts/step.js";
import type { Plan, TaskSpec } from "../contracts/task.js";
import { MillraceError } from "../errors/millrace-error.js";
import { suggest } from "../errors/nearest.js";
import { shape } from "../hooks/call.js";
import { downstreamOf, withNeeds } from "../plan/order.js";
import { planTasks, tasksOf } from "../plan/planner.js";
import { createExtension } from "../plugin/create-extension.js";
import { surveyModels } from "../run/survey.js";
import { corePlugin } from "./core-plugin.js";
import type { Opened } from "./opened.js";

export interface PlanOptions {
  /** Default: every model of the config. */
  readonly models?: readonly string[];
  /** Rows to read at most; a sample never moves an alias. */
  readonly sample?: number;
  /** These tasks and all that waits for them run though their records exist. */
  readonly from?: readonly string[];
  /** These tasks and what they need; nothing else is planned. */
  readonly only?: readonly string[];
}

/** Looks at the sources, and plans. Throws MODEL_UNKNOWN, PLAN_UNKNOWN_TASK, and what the sources throw. */
export async function planConfig(opened: Opened, { models, sample, from = [], only = [] }: PlanOptions): Promise<Plan> {
  const chosen = chooseModels(opened.config.models, models).map((model) => (sample === undefined ? model : { ...model, sample }));
  const surveyed = await surveyModels(chosen, opened.registry, opened.store, opened.context);
  const steps = await allSteps(opened);
  const all: readonly TaskSpec[] = surveyed.flatMap((model) => tasksOf(model, steps));
  const tasks = only.length === 0 ? all : withNeeds(all, only);
  const plan = await planTasks(tasks, opened.facts, downstreamOf(tasks, from));
  return shape(opened.hooks.plan, plan);
}

function chooseModels(models: readonly ResolvedModel[], names: readonly string[] | undefined): readonly ResolvedModel[] {
  if (names === undefined || names.length === 0) return models;
  return names.map((name) => {
    const model = models.find((one) => one.name === name);
    if (model === undefined) throw new MillraceError({ code: "MODEL_UNKNOWN", message: `The config has no model "${name}".`, mend: suggest(name, models.map((one) => one.name)) });
    return model;
  });
}

/** The core's steps in the order of a model's life, then those of plugins, in the order of the config. */
async function allSteps({ registry, context }: Opened): Promise<readonly Step[]> {
  const names = [...corePlugin.extensions, ...registry.plugins.flatMap((plugin) => (plugin === corePlugin ? [] : plugin.extensions))].filter(({ kind }) => kind === "step").map(({ name }) => name as string);
  return Promise.all(names.map((name) => createExtension(registry, { kind: "step", name, with: {} }, context)));
}
