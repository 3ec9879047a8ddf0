import { isTree, type Tree } from "./path.js";

/** Names of the extensions that are used where a config says nothing. */
export interface DefaultUses {
  readonly store: string;
  readonly artifacts: string;
  readonly executor: string;
  readonly runtime: string;
  /** Expectations of every model that has a target; one that a model names itself is taken as it names it, and an empty list means none. */
  readonly checks: readonly string[];
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

/** The config with the defaults that no schema knows; `uses` null: the config names them itself. */
export function withDefaults(config: Tree, uses: DefaultUses | null): Tree {
  const models = config["models"];
  const { checks = [], ...places } = uses ?? {};
  const named = Object.fromEntries(Object.entries(places).map(([place, use]) => [place, { use }]));
  const filled = (model: unknown): unknown => (isTree(model) ? withChecks(withSplit(model), checks) : model);
  return { ...named, ...config, ...(isTree(models) ? { models: Object.fromEntries(Object.entries(models).map(([name, model]) => [name, filled(model)])) } : {}) };
}
