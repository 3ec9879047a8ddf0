import type { IssueSpec } from "../issue.js";
import { isTree, valueAt } from "../path.js";
import * as columns from "./column-rules.js";
import * as gates from "./gate-rules.js";
import { loosely, type Rule } from "./loose-model.js";
import * as splits from "./split-rules.js";
import * as targets from "./target-rules.js";

/** All rules over several keys of a model, by name. */
export const RULES: Readonly<Record<string, Rule>> = { ...targets, ...splits, ...gates, ...columns };

/** What is wrong between the keys of each model of a config, whatever is wrong within them. */
export function ruleIssues(config: unknown): readonly IssueSpec[] {
  const models = valueAt(config, ["models"]);
  if (!isTree(models)) return [];
  return Object.entries(models).flatMap(([name, model]) =>
    isTree(model) ? Object.values(RULES).flatMap((rule) => rule(loosely(model)).map((issue) => ({ ...issue, path: ["models", name, ...issue.path] }))) : [],
  );
}
