import type { Field } from "../../contracts/frame.js";
import type { PluginContext } from "../../contracts/plugin.js";
import type { ResolvedModel, Use } from "../../contracts/resolved.js";
import type { StepKinds } from "../../contracts/step-kinds.js";
import type { Problem } from "../../contracts/trainer.js";
import { failedBelow } from "../../config/failed-place.js";
import type { IssueSpec } from "../../config/issue.js";
import { startsWith } from "../../config/path.js";
import type { ReadableModel } from "../../config/readable-models.js";
import { createExtension } from "../../plugin/create-extension.js";
import type { Registry } from "../../plugin/registry.js";
import { problemKind } from "../split/problem-kind.js";
import { afterIssues } from "./after-issues.js";
import { checkIssues } from "./check-issues.js";
import { featureIssues, type PlacedHole, type PlacedUse } from "./feature-issues.js";
import { gateIssues } from "./gate-issues.js";
import { metricIssues } from "./metric-issues.js";
import { columnIssues, optionIssues } from "./named-columns.js";
import { roleIssues } from "./role-issues.js";
import { sparseIssues } from "./sparse-issues.js";
import { trainerIssues } from "./trainer-issues.js";
import { typeIssues } from "./type-issues.js";

/** An extension as it is made, null where it cannot be, and the plugin that brings it. */
interface Made<T> {
  readonly made: T | null;
  readonly plugin: string;
}
type Make = <K extends keyof StepKinds>(use: Use<K>) => Promise<Made<StepKinds[K]>>;

/** All that is wrong between a model and the columns of its data, before any row is read; paths are those of the config. Throws PLUGIN_FAILED with the path of what failed. */
export async function schemaIssues(model: ResolvedModel, fields: readonly Field[], registry: Registry, context: PluginContext): Promise<readonly IssueSpec[]> {
  try {
    return await allIssues({ model, left: [] }, fields, registry, (use) => make(use, registry, context));
  } catch (error) {
    throw failedBelow(error, ["models", model.name]);
  }
}

/** The same for a model of a config with other mistakes, as far as it can be told beside those: names everywhere, types where options are right, the problem where nothing was left out. */
export async function readableIssues({ model, left }: ReadableModel, fields: readonly Field[], registry: Registry, context: PluginContext): Promise<readonly IssueSpec[]> {
  const issues = await allIssues({ model, left }, fields, registry, (use) => make(use, registry, context).catch(() => ({ made: null, plugin: "" })));
  const isLeft = ({ path }: IssueSpec): boolean => left.some((start) => startsWith(path.slice(2), start) || startsWith(start, path.slice(2)));
  return issues.filter((issue) => !isLeft(issue));
}

async function make<K extends keyof StepKinds>(use: Use<K>, registry: Registry, context: PluginContext): Promise<Made<StepKinds[K]>> {
  return { made: await createExtension(registry, use, context), plugin: registry.get(use.kind, use.name).plugin.name as string };
}

async function allIssues({ model, left }: ReadableModel, fields: readonly Field[], registry: Registry, create: Make): Promise<readonly IssueSpec[]> {
  const typed = fields.map((field) => ({ ...field, dtype: (model.columns.types[field.name] ?? field.dtype) as Field["dtype"] }));
  const transforms = (uses: ResolvedModel["features"]) => Promise.all(uses.map(async (use) => create(use.use).then(({ made, plugin }) => ({ use, transform: made, plugin }))));
  const [features, after, checks, metrics] = await Promise.all([
    transforms(model.features),
    transforms(model.after),
    Promise.all(model.check.map(async (use) => create(use).then(({ made, plugin }) => ({ use, check: made, plugin })))),
    Promise.all(model.evaluate.metrics.map(async (use) => create(use).then(({ made, plugin }) => ({ use, metric: made, plugin })))),
  ]);
  const trainer = async (use: Use<"trainer">) => (await create(use)).made;
  const unmade = [
    ...checks.flatMap(({ use, check }, index) => (check === null ? [[["check", index], use] as const] : [])),
    ...features.flatMap(({ use, transform }, index) => (transform === null ? [[["features", index], use.use] as const] : [])),
    ...metrics.flatMap(({ use, metric }, index) => (metric === null ? [[["evaluate", "metrics", index], use] as const] : [])),
  ];
  const isWhole = left.length === 0;
  const problem = isWhole ? problemOf(model, typed) : null;
  const issues = [
    ...columnIssues(model, fields),
    ...typeIssues(model, fields),
    ...roleIssues(model, typed),
    ...optionIssues(unmade, typed, registry),
    ...checkIssues(typed, checks, model),
    ...featureIssues(typed, features, model.columns, isWhole),
    ...(features.every(isMade) ? await sparseIssues(typed, features, model, trainer) : []),
    ...(problem === null ? [] : await trainerIssues(model, problem, registry, trainer)),
    ...(problem === null || !after.every(isMade) ? [] : afterIssues(after, problem, model.split)),
    ...metricIssues(typed, metrics, problem),
    ...(problem === null || metrics.some(({ metric }) => metric === null) ? [] : gateIssues(model, problem)),
  ];
  return issues.map((issue) => ({ ...issue, path: ["models", model.name, ...issue.path] }));
}

function isMade(placed: PlacedHole): placed is PlacedUse {
  return placed.transform !== null;
}

/** The problem as far as a schema tells it: classes that only rows can tell have made-up names. Null where there is no target to tell it. */
function problemOf({ columns }: ResolvedModel, fields: readonly Field[]): Problem | null {
  const target = fields.find(({ name }) => name === columns.target);
  if (target === undefined) return null;
  const kind = problemKind(target.dtype, columns);
  if (kind === "regression") return { kind };
  if (kind === "binary") return { kind, classes: ["", columns.positive ?? ""], positive: columns.positive ?? "" };
  return { kind, classes: target.dtype === "bool" ? ["false", "true"] : ["a", "b", "c"] };
}
