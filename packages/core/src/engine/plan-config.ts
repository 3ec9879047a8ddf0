import { existsSync } from "node:fs";
import { placedFailure } from "../config/failed-place.js";
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
import { withUsualMetrics } from "./usual-metrics.js";

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

/** Looks at the sources, holds the config against their columns (unless that was done), and plans. Throws MODEL_UNKNOWN, PLAN_UNKNOWN_TASK, CONFIG_INVALID, and what the sources throw; PLUGIN_FAILED with the place in the config. */
export async function planConfig(opened: Opened, options: PlanOptions, isChecked = false): Promise<Plan> {
  return plan(opened, options, isChecked).catch((error: unknown) => Promise.reject(placedFailure(error, opened.config)));
}

async function plan(opened: Opened, options: PlanOptions, isChecked: boolean): Promise<Plan> {
  const isHeld = isChecked || (await checkNewProject(opened, options));
  const { from = [], only = [] } = options;
  const surveyed = await withUsualMetrics(await surveyModels(chosenModels(opened, options), opened.registry, opened.store, opened.context), opened);
  const steps = await allSteps(opened);
  const all: readonly TaskSpec[] = surveyed.flatMap((model) => tasksOf(model, steps));
  const tasks = only.length === 0 ? all : withNeeds(all, only);
  const planned = await planTasks(tasks, opened.facts, downstreamOf(tasks, from));
  // What is reused was checked when it ran, so that the source need not even describe itself.
  if (!isHeld) await held(modelsToRun(surveyed, planned), planned, opened);
  return shape(opened.hooks.plan, planned);
}

/** Holds the config of a project that has left nothing yet against the columns of its data, before anything is made; whether it is such a project. Throws as planConfig does. */
export async function checkNewProject(opened: Opened, options: PlanOptions): Promise<boolean> {
  if (hasHome(opened)) return false;
  await held(chosenModels(opened, options), null, opened).catch((error: unknown) => Promise.reject(placedFailure(error, opened.config)));
  return true;
}

/** Whether the project has left anything so far: without it, there is no read to take columns from. */
function hasHome({ config }: Opened): boolean {
  return existsSync(config.home);
}

/** Holds models against the columns of their data. What that needs loads where there is something to check: a plan that reuses everything checks nothing. */
async function held(models: readonly ResolvedModel[], plan: Plan | null, opened: Opened): Promise<void> {
  if (models.length > 0) await (await import("./check-schemas.js")).checkSchemas(models, plan, opened);
}

/** The models of which a plan does not reuse everything. */
function modelsToRun(models: readonly ResolvedModel[], { tasks }: Plan): readonly ResolvedModel[] {
  return models.filter(({ name }) => tasks.some(({ id, verdict }) => verdict !== "reuse" && id.startsWith(`${name}/`)));
}

/** The models that are asked for; one that is named twice counts once. */
function chosenModels({ config }: Opened, { models: names = [], sample }: PlanOptions): readonly ResolvedModel[] {
  const known = config.models.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new MillraceError({ code: "MODEL_UNKNOWN", message: `The config has no model "${unknown}".`, mend: suggest(unknown, known) });
  const chosen = names.length === 0 ? config.models : [...new Set(names)].map((name) => config.models.find((model) => model.name === name)!);
  return sample === undefined ? chosen : chosen.map((model) => ({ ...model, sample }));
}

/** The core's steps in the order of a model's life, then those of plugins, in the order of the config. */
async function allSteps({ registry, context }: Opened): Promise<readonly Step[]> {
  const names = [...corePlugin.extensions, ...registry.plugins.flatMap((plugin) => (plugin === corePlugin ? [] : plugin.extensions))].filter(({ kind }) => kind === "step").map(({ name }) => name as string);
  return Promise.all(names.map((name) => createExtension(registry, { kind: "step", name, with: {} }, context)));
}
