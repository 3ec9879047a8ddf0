import { resolve } from "node:path";
import type { Log, PluginContext, Use } from "@millrace/core";
import { createExtension, createRegistry, loadModel as loadModelFrom, type LoadedModel } from "@millrace/core/model";
import { defaults } from "./defaults.js";
import { readServerFile } from "./server-file.js";

const SILENT: Log = { info() {}, warn() {}, error() {}, debug() {} };

export interface LoadModelOptions {
  /** The folder of the config file. Default: the working directory. */
  readonly project?: string;
}

/**
 * A registered model, ready to predict: `delays@champion`, `delays@3`, or `delays` for its newest version that passed its gates.
 * Reads what `millrace run` left in `<project>/.millrace`, never the config. Dispose of it when done.
 * Throws MODEL_REF, MODEL_NOT_FOUND, ARTIFACT_MISSING, ARTIFACT_DAMAGED and what opening the store throws.
 */
export async function loadModel(ref: string, { project = "." }: LoadModelOptions = {}): Promise<LoadedModel> {
  const folder = resolve(project);
  const { home, store: storeUse, artifacts: artifactsUse, runtime: runtimeUse } = await readServerFile(folder);
  const registry = createRegistry(defaults);
  const context: PluginContext = {
    folder,
    home,
    limits: { threads: 1, memoryBytes: 2 ** 30 },
    log: SILENT,
    project: null,
    runTask: () => Promise.reject(new Error("a loaded model runs no tasks")),
  };
  const open = <K extends "store" | "artifacts" | "runtime">(use: Use<K>) => createExtension(registry, use, context);
  const [artifacts, runtime] = await Promise.all([open(artifactsUse), open(runtimeUse)]);
  await using store = await open(storeUse);
  return await loadModelFrom(ref, { store, artifacts, runtime });
}
