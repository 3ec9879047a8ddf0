import type { Problem } from "../contracts/trainer.js";
import { isTree, type Tree } from "./path.js";

/** Names of the extensions that are used where a config says nothing. */
export interface DefaultUses {
  readonly store: string;
  readonly artifacts: string;
  readonly executor: string;
  readonly runtime: string;
  /** Expectations of every model that has a target; one that a model names itself is taken as it names it, and an empty list means none. */
  readonly checks: readonly string[];
  /** What is measured of a model that names no metrics, by the kind of its problem; an empty list means nothing. */
  readonly metrics: Readonly<Record<Problem["kind"], readonly string[]>>;
}

/** By time where there is a time column, else at random. */
function withSplit(model: Tree): Tree {
  if (model["split"] !== undefined) return model;
  const columns = model["columns"];
  return { ...model, split: { use: isTree(columns) && typeof columns["time"] === "string" ? "time" : "random" } };
}

function withChecks(model: Tree, checks: readonly string[]): Tree {
  const own = model["check"] ?? [];
  const columns = model["columns"];
  if (!Array.isArray(own) || !isTree(columns) || columns["target"] === undefined) return model;
  if (Array.isArray(model["check"]) && own.length === 0) return model;
  const named = own.map((use: unknown) => (isTree(use) ? use["use"] : use));
  return { ...model, check: [...own, ...checks.filter((check) => !named.includes(check)).map((use) => ({ use }))] };
}

/** Where the config alone tells the problem; else its columns do, once they are known. */
function withMetrics(model: Tree, metrics: DefaultUses["metrics"]): Tree {
  const { columns, evaluate = {} } = model;
  if (!isTree(columns) || columns["target"] === undefined || !isTree(evaluate) || evaluate["metrics"] !== undefined) return model;
  const kind = columns["task"] ?? (columns["positive"] === undefined ? null : "binary");
  if (typeof kind !== "string" || !Object.hasOwn(metrics, kind)) return model;
  return { ...model, evaluate: { ...evaluate, metrics: metrics[kind as Problem["kind"]].map((use) => ({ use })) } };
}

/** The config with the defaults that no schema knows; `uses` null: the config names them itself. */
export function withDefaults(config: Tree, uses: DefaultUses | null): Tree {
  const models = config["models"];
  const { checks = [], metrics = { binary: [], multiclass: [], regression: [] }, ...places } = uses ?? {};
  const named = Object.fromEntries(Object.entries(places).map(([place, use]) => [place, { use }]));
  const filled = (model: unknown): unknown => (isTree(model) ? withMetrics(withChecks(withSplit(model), checks), metrics) : model);
  return { ...named, ...config, ...(isTree(models) ? { models: Object.fromEntries(Object.entries(models).map(([name, model]) => [name, filled(model)])) } : {}) };
}
