import * as core from "@millrace/core";
import type { Log } from "@millrace/core";
import { createEngine, loadConfig, type Engine, type LoadedConfig } from "@millrace/core/engine";
import type { Call } from "./command-spec.js";
import { defaults, defaultUses } from "./defaults.js";
import { createLog } from "./log.js";

/** The config of a call, with the embedded plugins; a config may import `millrace` and `@millrace/core` though they are not installed beside it. */
export async function loadProject({ args, list, folder, terminal }: Call): Promise<LoadedConfig & { readonly log: Log }> {
  const log = createLog(terminal, args.debug === true);
  const modules = { millrace: await import("./index.js"), "@millrace/core": core };
  const loaded = await loadConfig({
    folder,
    ...(args.config === undefined ? {} : { file: args.config }),
    ...(args.env === undefined ? {} : { env: args.env }),
    set: list("set"),
    defaults: { plugins: defaults, uses: defaultUses },
    modules,
    log,
  });
  return { ...loaded, log };
}

/** The project of a call, opened; whoever opens it disposes of it. */
export async function openProject(call: Call): Promise<Engine> {
  return createEngine(await loadProject(call));
}
