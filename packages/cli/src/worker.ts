import type { OpenWorker } from "@millrace/core";
import { createWorker, loadRegistry, workerFiles, type ConfigFiles } from "@millrace/core/engine";
import { configModules } from "./config-modules.js";
import { defaults, defaultUses } from "./defaults.js";

/** How executors open a project of this command in another thread: the same files, overlay and assignments give the same plugins. */
export const openWorker: OpenWorker = async (context) => {
  return createWorker(await loadRegistry(workerFiles<ConfigFiles>(context), { defaults: { plugins: defaults, uses: defaultUses }, modules: await configModules() }), context);
};
