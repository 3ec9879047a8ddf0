import { dirname, join, resolve } from "node:path";
import type { Hooks } from "../contracts/hooks.js";
import type { Json } from "../contracts/json.js";
import type { Log, Plugin, PluginContext } from "../contracts/plugin.js";
import { MillraceError } from "../errors/millrace-error.js";
import { shape } from "../hooks/call.js";
import { createHooks } from "../hooks/create-hooks.js";
import { hidingLog } from "../plugin/secrets.js";
import { createRegistry, type Registry } from "../plugin/registry.js";
import type { DefaultUses } from "./defaults.js";
import type { ConfigFile } from "./config-file.js";
import { readDotenv } from "./dotenv.js";
import { findConfigFile, readConfigFile, readOverlay } from "./find.js";
import type { IssueSpec } from "./issue.js";
import { mergeLayers, setLayer, withBases, type Layer, type MergedLayers } from "./layers.js";
import { loadPlugins, type LoadedPlugin } from "./load-plugins.js";
import { machineMemory, machineThreads } from "./machine.js";
import type { LayerSource } from "./origin.js";
import { formatPath, isTree, leavesOf, valueAt, type Tree } from "./path.js";
import { thrownMistake, throwPreamble, type PreambleMistake } from "./preamble-mistake.js";
import type { ReadableModel } from "./readable-models.js";
import type { Modules } from "./read-script.js";
import type { ResolvedConfig } from "./resolved-config.js";
import { resolveConfig } from "./resolve.js";

export interface LoadConfigOptions {
  /** Where the search for `millrace.config.*` begins; it goes upwards. */
  readonly folder: string;
  /** The config file itself, from `folder`. Default: search. */
  readonly file?: string;
  /** The config in place of a file, as the default export of one in `folder` would be: for tests and embedders. Workers cannot find it again. */
  readonly value?: object;
  /** Name of an overlay. Default: the environment's MILLRACE_ENV, else none. */
  readonly env?: string;
  /** `models.churn.train.with.l2=0.1`, over all files. */
  readonly set?: readonly string[];
  /** What is there without a word in the config. */
  readonly defaults: { readonly plugins: readonly Plugin[]; readonly uses: DefaultUses };
  /** Modules that a config may import though they are not installed beside it. */
  readonly modules?: Modules;
  /** Default: silent. */
  readonly log?: Log;
  /** Holds what can be read of a config with mistakes against its data, so that those mistakes are told too. Default: data are not looked at. */
  readonly dataIssues?: (models: readonly ReadableModel[], project: Pick<LoadedConfig, "registry"> & { readonly context: PluginContext }) => Promise<readonly IssueSpec[]>;
}

/** How to find the same config again; plain JSON. */
export interface ConfigFiles {
  readonly folder: string;
  readonly file: string;
  readonly env: string | null;
  readonly set: readonly string[];
}

export interface LoadedConfig {
  readonly config: ResolvedConfig;
  readonly files: ConfigFiles;
  readonly registry: Registry;
  /** With the taps of all plugins. */
  readonly hooks: Hooks;
}

const SILENT: Log = { info() {}, warn() {}, error() {}, debug() {} };

async function readMain({ folder, file, value, modules = {} }: LoadConfigOptions): Promise<ConfigFile> {
  if (value !== undefined) return { file: resolve(folder, "(config)"), value: { ...value }, place: () => null };
  return file === undefined ? findConfigFile(folder, modules) : readConfigFile(resolve(folder, file), modules);
}

async function readLayers(options: LoadConfigOptions): Promise<readonly Layer[]> {
  const { env = process.env["MILLRACE_ENV"] ?? "", modules = {} } = options;
  const main = await readMain(options);
  const layers = await withBases(main, "file", modules);
  if (env === "") return layers;
  const overlay = await readOverlay(main.file, env, modules);
  return [...layers, ...(await withBases(overlay, "overlay", modules))];
}

function withSets(layers: readonly Layer[], set: readonly string[]): MergedLayers {
  let all = layers;
  for (const assignment of set) all = [...all, setLayer(assignment, mergeLayers(all).value)];
  return mergeLayers(all);
}

/** Variables of the files that the key `env` names, from the config's folder. */
function variablesOf(config: Tree, folder: string): Readonly<Record<string, string>> {
  const files = Array.isArray(config["env"]) ? config["env"].filter((file) => typeof file === "string") : [];
  return readDotenv(files.map((file) => join(folder, file)));
}

function contextOf(folder: string, log: Log): PluginContext {
  return {
    folder,
    home: join(folder, ".millrace"),
    limits: { threads: machineThreads(), memoryBytes: machineMemory() },
    log: hidingLog(log),
    project: null,
    runTask() {
      throw new MillraceError({ code: "PLUGIN_RUN_TASK", message: "A plugin's apply() cannot run tasks.", mend: "Run tasks in the create() of an executor." });
    },
  };
}

/** What the `config` hook changed comes from a hook. */
function withHookSources(before: Tree, after: Tree, sources: ReadonlyMap<string, LayerSource>): ReadonlyMap<string, LayerSource> {
  if (before === after) return sources;
  const changed = [...leavesOf(after)].filter(([path, value]) => valueAt(before, path) !== value && path.length > 0);
  return new Map([...sources, ...changed.map(([path]) => [formatPath(path), { kind: "hook", file: null } as const] as const)]);
}

/** The registry of all plugins that go together, and the mistakes of those that do not. */
function registryOf(embedded: readonly Plugin[], loaded: readonly LoadedPlugin[], variables: Readonly<Record<string, string>>): { readonly registry: Registry; readonly mistakes: readonly PreambleMistake[] } {
  const mistakes: PreambleMistake[] = [];
  let plugins = embedded;
  let registry = createRegistry(plugins, variables);
  for (const { entry, plugin } of loaded) {
    try {
      registry = createRegistry([...plugins, plugin], variables);
      plugins = [...plugins, plugin];
    } catch (error) {
      if (!MillraceError.is(error)) throw error;
      mistakes.push(thrownMistake(error, entry.source, entry.path));
    }
  }
  return { registry, mistakes };
}

/** The files, laid over each other, and the plugins that they name. */
async function readProject(options: LoadConfigOptions) {
  const { defaults, modules = {}, set = [] } = options;
  const layers = await readLayers(options);
  const merged = withSets(layers, set);
  const main = layers.findLast(({ source }) => source.kind === "file")!.source.file!.file;
  const folder = dirname(main);
  const named = await loadPlugins(merged.plugins, modules);
  const { registry, mistakes } = registryOf(merged.hasDefaults ? defaults.plugins : [], named.loaded, variablesOf(merged.value, folder));
  const files: ConfigFiles = { folder, file: main, env: options.env ?? process.env["MILLRACE_ENV"] ?? null, set };
  return { merged, files, folder, registry, mistakes: [...merged.mistakes, ...named.mistakes, ...mistakes] };
}

/** The plugins of a config alone, as a worker and an editor need them: no hook is tapped and no option read. `file` null: search. Throws as loadConfig does for files and plugins; CONFIG_INVALID where several plugins are wrong. */
export async function loadRegistry({ folder, file, env, set }: Omit<ConfigFiles, "file"> & { readonly file: string | null }, how: Pick<LoadConfigOptions, "defaults" | "modules">): Promise<Registry> {
  const { registry, mistakes, folder: own } = await readProject({ folder, ...(file === null ? {} : { file }), env: env ?? "", set, ...how });
  throwPreamble(mistakes, own);
  return registry;
}

/**
 * The config from its files, overlay and assignments, parsed once, with the registry and the hooks of its plugins.
 * Throws CONFIG_NOT_FOUND, CONFIG_AMBIGUOUS, CONFIG_NO_OVERLAY, CONFIG_SYNTAX, CONFIG_SCRIPT, CONFIG_NO_OBJECT, CONFIG_EXTENDS, CONFIG_SET, what hooks throw, and CONFIG_INVALID with all mistakes at once.
 * Where all that is wrong is one plugin, or `defaults`: CONFIG_PREAMBLE, CONFIG_NO_PLUGIN, CONFIG_NO_PACKAGE, what its module throws, and what the registry throws.
 */
export async function loadConfig(options: LoadConfigOptions): Promise<LoadedConfig> {
  const { defaults, log = SILENT, dataIssues } = options;
  const { merged, files, folder, registry, mistakes } = await readProject(options);
  const context = contextOf(folder, log);
  const { hooks, value } = await shapeConfig(registry, merged.value, context).catch((error: unknown) => {
    // A hook may fail for want of a plugin that is wrong.
    throwPreamble(mistakes, folder);
    throw error;
  });
  const sources = withHookSources(merged.value, value, merged.sources);
  const ofData = dataIssues === undefined ? {} : { dataIssues: (models: readonly ReadableModel[]) => dataIssues(models, { registry, context }) };
  const config = await resolveConfig({ value, sources, folder, registry, mistakes, uses: merged.hasDefaults ? defaults.uses : null, ...ofData });
  return { config, files, registry, hooks };
}

/** The hooks of all plugins, and the config as they leave it. */
async function shapeConfig(registry: Registry, value: Tree, context: PluginContext): Promise<{ readonly hooks: Hooks; readonly value: Tree }> {
  const hooks = createHooks(registry.plugins, context);
  const shaped = await shape(hooks.config, value as Json);
  return { hooks, value: isTree(shaped) ? shaped : value };
}
