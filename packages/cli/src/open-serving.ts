import { resolve } from "node:path";
import type { ArtifactStore, Log, PluginContext, Runtime, Store, Use } from "@millrace/core";
import { createExtension, createRegistry, type Registry } from "@millrace/core/model";
import { defaults } from "./defaults.js";
import { readServerFile, type ServerFile } from "./server-file.js";

export const SILENT: Log = { info() {}, warn() {}, error() {}, debug() {} };

/** What a process that only predicts works with; no config, no hooks. */
export interface Serving {
  readonly file: ServerFile;
  readonly folder: string;
  readonly registry: Registry;
  readonly artifacts: ArtifactStore;
  readonly runtime: Runtime;
  openStore(): Promise<Store>;
  /** Artifacts in a folder. */
  openFolder(path: string): Promise<ArtifactStore>;
}

/** Opens what the server file of a project names. Throws SERVER_FILE, and what opening the artifacts and the runtime throws. */
export async function openServing(project: string, log: Log): Promise<Serving> {
  const { file, folder, registry, open } = await readServing(project, log);
  const [artifacts, runtime] = await Promise.all([open(file.artifacts), open(file.runtime)]);
  return { file, folder, registry, artifacts, runtime, openStore: () => open(file.store), openFolder: (path) => open({ kind: "artifacts", name: "folder", with: { path } }) };
}

/** The runtime alone: what a process that runs one model needs. */
export async function openServingRuntime(project: string): Promise<Runtime> {
  const { file, open } = await readServing(project, SILENT);
  return open(file.runtime);
}

async function readServing(project: string, log: Log) {
  const folder = resolve(project);
  const file = await readServerFile(folder);
  const registry = createRegistry(defaults);
  const context: PluginContext = {
    folder,
    home: file.home,
    limits: { threads: 1, memoryBytes: 2 ** 30 },
    log,
    project: null,
    runTask: () => Promise.reject(new Error("a process that predicts runs no tasks")),
  };
  return { file, folder, registry, open: <K extends "store" | "artifacts" | "runtime">(use: Use<K>) => createExtension(registry, use, context) };
}
