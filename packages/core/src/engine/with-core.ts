import type { Kind } from "../contracts/kind.js";
import { createRegistry, type Registered, type Registry } from "../plugin/registry.js";
import { MillraceError } from "../errors/millrace-error.js";
import { corePlugin } from "./core-plugin.js";

/** The registry with the core's own steps before all others. Throws PLUGIN_DUPLICATE where a plugin brings a step of one of their names. */
export function withCore(registry: Registry): Registry {
  const core = createRegistry([corePlugin]);
  for (const name of core.names("step"))
    if (registry.find("step", name) !== null)
      throw new MillraceError({ code: "PLUGIN_DUPLICATE", message: `A plugin brings a step "${name}", which the core has.`, mend: "Rename the plugin's step.", facts: { kind: "step", name } });
  const find = <K extends Kind>(kind: K, name: string): Registered<K> | null => core.find(kind, name) ?? registry.find(kind, name);
  return {
    plugins: [corePlugin, ...registry.plugins],
    find,
    get: (kind, name) => core.find(kind, name) ?? registry.get(kind, name),
    names: (kind) => [...new Set([...core.names(kind), ...registry.names(kind)])].sort(),
    list: () => [...core.list(), ...registry.list()],
    scope: (folder) => registry.scope(folder),
  };
}
