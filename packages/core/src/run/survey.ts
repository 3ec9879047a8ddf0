import type { PluginContext } from "../contracts/plugin.js";
import type { Store } from "../contracts/store.js";
import type { ResolvedModel } from "../contracts/resolved.js";
import { failedBelow } from "../config/failed-place.js";
import { maskedError } from "../errors/masked.js";
import { createExtension } from "../plugin/create-extension.js";
import { findVersion } from "../record/model-versions.js";
import type { Registry } from "../plugin/registry.js";

/** Asks each model's source for its partitions and their digests, and the store for its champion where a gate compares with it: the one look at the world that a plan is made from. */
export async function surveyModels(models: readonly ResolvedModel[], registry: Registry, store: Store, context: PluginContext): Promise<readonly ResolvedModel[]> {
  return Promise.all(
    models.map(async (model) => ({ ...model, partitions: await partitionsOf(model, registry, context), champion: await championOf(model, store) })),
  );
}

async function partitionsOf({ name, source, columns: { pii } }: ResolvedModel, registry: Registry, context: PluginContext): Promise<ResolvedModel["partitions"]> {
  try {
    return await (await createExtension(registry, source, context)).partitions();
  } catch (error) {
    throw failedBelow(maskedError(error, pii), ["models", name, "source"]);
  }
}

async function championOf({ name, register: { alias }, evaluate: { gates } }: ResolvedModel, store: Store): Promise<ResolvedModel["champion"]> {
  if (alias === null || !gates.some(({ versus }) => versus === "champion")) return null;
  const pointer = await store.get("alias", `${name}@${alias}`);
  if (pointer === null) return null;
  const { version, onnx } = await findVersion(store, `${name}@${pointer.value.version}`);
  return { version, onnx };
}
