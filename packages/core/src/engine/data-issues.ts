import type { PluginContext } from "../contracts/plugin.js";
import type { IssueSpec } from "../config/issue.js";
import type { ReadableModel } from "../config/readable-models.js";
import type { Registry } from "../plugin/registry.js";
import { withCore } from "./with-core.js";

/**
 * What is wrong between a config that has other mistakes and its data, as far as sources can be asked and models be read: `loadConfig` takes it, so that all mistakes are told at once.
 * Never throws: the mistakes that are known already are what the user must hear.
 */
export async function dataIssues(models: readonly ReadableModel[], { registry, context }: { readonly registry: Registry; readonly context: PluginContext }): Promise<readonly IssueSpec[]> {
  const parts = { registry: withCore(registry), context };
  const found = await Promise.all(models.map((model) => issuesOf(model, parts).catch(() => [])));
  return found.flat();
}

async function issuesOf(model: ReadableModel, parts: { readonly registry: Registry; readonly context: PluginContext }): Promise<readonly IssueSpec[]> {
  // Loaded for a config that has mistakes.
  const [{ isEmpty, withSource }, { withPlaces }, { readableIssues }] = await Promise.all([import("./check-schemas.js"), import("./issue-places.js"), import("../run/schema/schema-issues.js")]);
  return withSource(model.model, parts, async (source) => {
    const fields = await source.fields();
    const issues = await readableIssues(model, fields, parts.registry, parts.context);
    return issues.length > 0 && (await isEmpty(source)) ? [] : withPlaces(issues, source, fields, model.model.columns.pii);
  });
}
