import type { Digest } from "../contracts/digest.js";
import type { TaskSpec } from "../contracts/task.js";
import { codeDigest } from "./code-digest.js";
import type { Registry } from "./registry.js";

/** Digests of the code that a task calls here, by plugin: its step's and those of its extensions. Throws PLUGIN_UNKNOWN_NAME and PLUGIN_CODE. */
export function taskCode(registry: Registry, task: Pick<TaskSpec, "step" | "uses">): Readonly<Record<string, Digest>> {
  const plugins = [registry.get("step", task.step).plugin, ...Object.values(task.uses).map((use) => registry.get(use.kind, use.name).plugin)];
  return Object.fromEntries(plugins.map(({ name, url }) => [name as string, codeDigest(url)]));
}
