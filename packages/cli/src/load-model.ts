import type { LoadedModel } from "@millrace/core/model";
import type { TypedModel } from "./project-types/project-types.js";

export interface LoadModelOptions {
  /** The folder of the config file. Default: the working directory. */
  readonly project?: string;
}

/**
 * A registered model, ready to predict: `delays@champion`, `delays@3`, or `delays` for its newest version that passed its gates.
 * Reads what `millrace run` left in `<project>/.millrace`, never the config. Dispose of it when done.
 * Throws MODEL_REF, MODEL_NOT_FOUND, ARTIFACT_MISSING, ARTIFACT_DAMAGED and what opening the store throws.
 */
export function loadModel<const Ref extends string>(ref: Ref, options?: LoadModelOptions): Promise<TypedModel<Ref>>;
export async function loadModel(ref: string, { project = "." }: LoadModelOptions = {}): Promise<LoadedModel> {
  // Every config imports this module's door: what predicts loads where something is to predict.
  const [{ loadModel: loadModelFrom }, { openServing, SILENT }] = await Promise.all([import("@millrace/core/model"), import("./open-serving.js")]);
  const { artifacts, runtime, openStore } = await openServing(project, SILENT);
  await using store = await openStore();
  return await loadModelFrom(ref, { store, artifacts, runtime });
}
