import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Digest } from "../contracts/digest.js";
import type { TaskSpec } from "../contracts/task.js";
import { MillraceError } from "../errors/millrace-error.js";
import { codeDigest } from "./code-digest.js";
import { markedTexts } from "./option-marks.js";
import type { Registry } from "./registry.js";

/**
 * Digests of the code that a task calls here, by plugin: its step's, those of its extensions, and by path the modules that options of theirs name, relative to
 * the config's folder. Throws PLUGIN_UNKNOWN_NAME, PLUGIN_CODE and PLUGIN_MODULE.
 */
export function taskCode(registry: Registry, task: Pick<TaskSpec, "step" | "uses">, folder: string): Readonly<Record<string, Digest>> {
  const plugins = [registry.get("step", task.step).plugin, ...Object.values(task.uses).map((use) => registry.get(use.kind, use.name).plugin)];
  const modules = Object.values(task.uses).flatMap((use) => markedTexts(registry.get(use.kind, use.name).extension.options, use.with, "module").map(([, file]) => file));
  return { ...Object.fromEntries(plugins.map(({ name, url }) => [name as string, codeDigest(url)])), ...Object.fromEntries(modules.map((path) => [path, moduleDigest(folder, path)])) };
}

function moduleDigest(folder: string, path: string): Digest {
  const file = resolve(folder, path);
  if (existsSync(file)) return codeDigest(pathToFileURL(file).href);
  throw new MillraceError({ code: "PLUGIN_MODULE", message: `An option names the module ${path}, and there is no such file beside the config.`, mend: "Write its path relative to the config file.", facts: { path } });
}
