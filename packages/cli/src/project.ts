import "./parse-once.js";
import { MillraceError, type Log } from "@millrace/core/plugin";
import { createEngine, createRegistry, dataIssues, loadConfig, loadRegistry, type Engine, type LoadConfigOptions, type LoadedConfig, type Registry } from "@millrace/core/project";
import type { Call } from "./command-spec.js";
import { configModules } from "./config-modules.js";
import { defaults, defaultUses } from "./defaults.js";
import { createLog } from "./log.js";
import type { Terminal } from "./terminal.js";

/** What is held against a config that has mistakes. */
type Beside = Pick<LoadConfigOptions, "dataIssues">;

/** The config that a folder has, with the embedded plugins; a config may import `millrace` and `@millrace/core` though they are not installed beside it. */
async function load(folder: string, file: string | undefined, env: string | undefined, set: readonly string[], log: Log, how: Beside = {}): Promise<LoadedConfig & { readonly log: Log }> {
  const modules = await configModules();
  const chosen = { ...(file === undefined ? {} : { file }), ...(env === undefined ? {} : { env }) };
  return { ...(await loadConfig({ folder, ...chosen, set, defaults: { plugins: defaults, uses: defaultUses }, modules, log, ...how })), log };
}

/** The config of a call. */
export function loadProject({ args, list, folder, terminal }: Call, how: Beside = {}): Promise<LoadedConfig & { readonly log: Log }> {
  return load(folder, args.config, args.env, list("set"), createLog(terminal, args.debug === true), how);
}

/** The config, before it is known what the other options of a call are. */
export function loadConfigOf(file: string | undefined, env: string | undefined, terminal: Terminal, folder: string): Promise<LoadedConfig> {
  return load(folder, file, env, [], createLog(terminal, false));
}

/** The plugins of a call's config, right or wrong in all else; the embedded ones where there is no config. */
export async function loadPluginsOf({ args, list, folder }: Call): Promise<Registry> {
  try {
    return await loadRegistry({ folder, file: args.config ?? null, env: args.env ?? process.env["MILLRACE_ENV"] ?? null, set: list("set") }, { defaults: { plugins: defaults, uses: defaultUses }, modules: await configModules() });
  } catch (error) {
    if (MillraceError.is(error, "CONFIG_NOT_FOUND") && args.config === undefined) return createRegistry(defaults);
    throw error;
  }
}

/** The project of a call, opened; whoever opens it disposes of it. */
export async function openProject(call: Call): Promise<Engine> {
  return openLoaded(await loadProject(call));
}

/** The same for a command that looks at the data: mistakes in the config do not hide those that the data show. */
export async function openDataProject(call: Call): Promise<Engine> {
  return openLoaded(await loadProject(call, { dataIssues }));
}

/** The same for a strict run: neither what loads nor what a task runs may read what no key holds. */
export async function openStrictProject(call: Call): Promise<Engine> {
  const { loadStrictly } = await import("@millrace/core/engine");
  return openLoaded({ ...(await loadStrictly(() => loadProject(call, { dataIssues }))), isStrict: true });
}

/** The same for a config that is loaded already. */
export function openLoaded(loaded: LoadedConfig & { readonly log: Log; readonly isStrict?: boolean }): Promise<Engine> {
  return createEngine({ ...loaded, worker: { module: new URL("./worker.js", import.meta.url).href, files: { ...loaded.files } } });
}
