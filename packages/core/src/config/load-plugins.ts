import type { Plugin } from "../contracts/plugin.js";
import { MillraceError } from "../errors/millrace-error.js";
import { formatPlace, nearestPlace } from "./config-file.js";
import { resolveFrom, type PluginEntry } from "./layers.js";
import { formatPath, isTree } from "./path.js";
import { importScript, type Modules } from "./read-script.js";

function isPlugin(value: unknown): value is Plugin {
  return isTree(value) && "contract" in value && typeof value["name"] === "string" && Array.isArray(value["extensions"]);
}

const USUAL = "Give a plugin (plugins: [postgres()]), or the name of a package or relative file whose default export is one.";

function noPlugin({ path, file }: PluginEntry, found: string, mend = USUAL): MillraceError {
  return new MillraceError({
    code: "CONFIG_NO_PLUGIN",
    message: `${formatPlace(nearestPlace(file, path))} ${formatPath(path)}: ${found}`,
    mend,
    facts: { ...nearestPlace(file, path), path: formatPath(path) },
  });
}

/** Whether it is the file itself that is not there, and none that it imports. */
function isMissing(error: unknown, file: string): boolean {
  return MillraceError.is(error, "CONFIG_SCRIPT") && error.facts["missing"] === file;
}

/** A plugin, or a function that makes one with its defaults. */
function madeOf(value: unknown): unknown {
  return typeof value === "function" ? (value as () => unknown)() : value;
}

/** The plugins that layers name, in order. Throws CONFIG_NO_PLUGIN, CONFIG_NO_PACKAGE, CONFIG_SCRIPT and CONFIG_SYNTAX. */
export async function loadPlugins(entries: readonly PluginEntry[], modules: Modules): Promise<readonly Plugin[]> {
  const plugins: Plugin[] = [];
  for (const entry of entries) {
    if (typeof entry.entry === "string") {
      const file = resolveFrom(entry.file, entry.path, entry.entry);
      const made = madeOf(await importScript(file, modules).catch((error: unknown) => Promise.reject(isMissing(error, file) ? noPlugin(entry, `names the file ${file}, which is not there.`, "Correct the path here, which starts at the folder of this file, or create the file.") : error)));
      if (!isPlugin(made)) throw noPlugin(entry, `the default export of ${file} is no plugin.`);
      plugins.push(made);
    } else if (isPlugin(entry.entry)) plugins.push(entry.entry);
    else throw noPlugin(entry, typeof entry.entry === "function" ? "found a function; call it." : `found ${typeof entry.entry}, which is no plugin.`);
  }
  return plugins;
}
