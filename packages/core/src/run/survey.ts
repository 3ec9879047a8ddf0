import type { PluginContext } from "../contracts/plugin.js";
import type { ResolvedModel } from "../contracts/resolved.js";
import { createExtension } from "../plugin/create-extension.js";
import type { Registry } from "../plugin/registry.js";

/** Asks each model's source for its partitions and their digests: the one look at the world that a plan is made from. */
export async function surveyModels(models: readonly ResolvedModel[], registry: Registry, context: PluginContext): Promise<readonly ResolvedModel[]> {
  return Promise.all(models.map(async (model) => ({ ...model, partitions: await (await createExtension(registry, model.source, context)).partitions() })));
}
