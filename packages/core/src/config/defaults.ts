import { isTree, type Tree } from "./path.js";

/** Names of the extensions that are used where a config says nothing. */
export interface DefaultUses {
  readonly store: string;
  readonly artifacts: string;
  readonly executor: string;
  readonly runtime: string;
}

/** By time where there is a time column, else at random. */
function withSplit(model: unknown): unknown {
  if (!isTree(model) || model["split"] !== undefined) return model;
  const columns = model["columns"];
  return { ...model, split: { use: isTree(columns) && typeof columns["time"] === "string" ? "time" : "random" } };
}

/** The config with the defaults that no schema knows; `uses` null: the config names them itself. */
export function withDefaults(config: Tree, uses: DefaultUses | null): Tree {
  const models = config["models"];
  const named = uses === null ? {} : Object.fromEntries(Object.entries(uses).map(([place, use]) => [place, { use: use as string }]));
  return {
    ...named,
    ...config,
    ...(isTree(models) ? { models: Object.fromEntries(Object.entries(models).map(([name, model]) => [name, withSplit(model)])) } : {}),
  };
}
