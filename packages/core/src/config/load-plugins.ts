import type { Plugin } from "../contracts/plugin.js";
import { MillraceError } from "../errors/millrace-error.js";
import { foundText } from "./found.js";
import { noPackage, resolveFrom, type PluginEntry } from "./layers.js";
import { isTree } from "./path.js";
import { preambleMistake, thrownMistake, type PreambleMistake, type PreambleSpec } from "./preamble-mistake.js";
import { importScript, type Modules } from "./read-script.js";

/** An entry and what it gives. */
export interface LoadedPlugin {
  readonly entry: PluginEntry;
  readonly plugin: Plugin;
}

function isPlugin(value: unknown): value is Plugin {
  return isTree(value) && "contract" in value && typeof value["name"] === "string" && Array.isArray(value["extensions"]);
}

const USUAL = "Give a plugin (plugins: [postgres()]), or the name of a package or relative file whose default export is one.";

type Wrong = Pick<PreambleSpec, "code" | "message" | "mend" | "facts">;

function noPlugin(message: string, mend = USUAL): Wrong {
  return { code: "CONFIG_NO_PLUGIN", message, mend };
}

/** Whether it is the file itself that is not there, and none that it imports. */
function isMissing(error: unknown, file: string): boolean {
  return MillraceError.is(error, "CONFIG_SCRIPT") && error.facts["missing"] === file;
}

/** A plugin, or a function that makes one with its defaults. */
function madeOf(value: unknown): unknown {
  return typeof value === "function" ? (value as () => unknown)() : value;
}

/** What an entry gives, or what is wrong with it. Throws what its module throws, and CONFIG_SCRIPT and CONFIG_SYNTAX. */
async function pluginOf({ entry, source }: PluginEntry, modules: Modules): Promise<Plugin | Wrong> {
  if (typeof entry !== "string") return isPlugin(entry) ? entry : noPlugin(typeof entry === "function" ? "found a function; call it." : `found ${foundText(entry)}, which is no plugin.`);
  const file = resolveFrom(source.file, entry);
  if (file === null) return noPackage(entry);
  try {
    const made = madeOf(await importScript(file, modules));
    return isPlugin(made) ? made : noPlugin(`the default export of ${file} is no plugin.`);
  } catch (error) {
    if (isMissing(error, file)) return noPlugin(`names the file ${file}, which is not there.`, "Correct the path here, which starts at the folder of this file, or create the file.");
    throw error;
  }
}

/** The plugins that layers name, in order, and the mistakes of those entries that give none. */
export async function loadPlugins(entries: readonly PluginEntry[], modules: Modules): Promise<{ readonly loaded: readonly LoadedPlugin[]; readonly mistakes: readonly PreambleMistake[] }> {
  const loaded: LoadedPlugin[] = [];
  const mistakes: PreambleMistake[] = [];
  for (const entry of entries) {
    const { source, path } = entry;
    try {
      const plugin = await pluginOf(entry, modules);
      if (isPlugin(plugin)) loaded.push({ entry, plugin });
      else mistakes.push(preambleMistake({ source, path, ...plugin }));
    } catch (error) {
      if (!MillraceError.is(error)) throw error;
      mistakes.push(thrownMistake(error, source, path));
    }
  }
  return { loaded, mistakes };
}
