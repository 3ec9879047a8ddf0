import type { Kind } from "../contracts/kind.js";
import type { Extension, Plugin } from "../contracts/plugin.js";
import { MillraceError } from "../errors/millrace-error.js";
import { nearest, suggest } from "../errors/nearest.js";
import { checkPlugin } from "./check-plugin.js";
import { codeDigest } from "./code-digest.js";
import { processScope, type ReferenceScope } from "./reference.js";

export interface Registered<K extends Kind = Kind> {
  readonly extension: Extension<K>;
  readonly plugin: Plugin;
}

/** All extensions, by kind and name. */
export interface Registry {
  /** In the order of the config; each once. */
  readonly plugins: readonly Plugin[];
  /** Throws PLUGIN_UNKNOWN_NAME with the nearest name. */
  get<K extends Kind>(kind: K, name: string): Registered<K>;
  find<K extends Kind>(kind: K, name: string): Registered<K> | null;
  /** Sorted. */
  names(kind: Kind): readonly string[];
  /** Sorted by kind, then name. */
  list(): readonly Registered[];
  /** Where secret references look when an extension is created. */
  scope(folder: string): ReferenceScope;
}

function namesIn({ extensions }: Plugin): string {
  return (extensions as readonly Extension[]).map(({ kind, name }) => `${kind as string}:${name as string}`).sort().join();
}

/** Whether two plugins of one name, version and extensions are one: the same file, or copies of a package, as two installs have. */
function isSameCode(left: Plugin, right: Plugin): boolean {
  return left.url === right.url || codeDigest(left.url) === codeDigest(right.url);
}

/** The plugins, each once: the same name, version and code twice is one. */
function distinct(plugins: readonly Plugin[]): readonly Plugin[] {
  const byName = new Map<string, Plugin>();
  for (const plugin of plugins) {
    checkPlugin(plugin);
    const known = byName.get(plugin.name);
    if (known === undefined) byName.set(plugin.name, plugin);
    else if (known.version !== plugin.version) {
      throw new MillraceError({
        code: "PLUGIN_DUPLICATE",
        message: `Plugin "${plugin.name}" is there twice, in versions ${known.version} and ${plugin.version}.`,
        mend: `Keep one version of "${plugin.name}" in the config and its overlays, and install that one.`,
        facts: { plugin: plugin.name, versions: [known.version, plugin.version] },
      });
    } else if (namesIn(known) !== namesIn(plugin) || !isSameCode(known, plugin)) {
      throw new MillraceError({
        code: "PLUGIN_DUPLICATE",
        message: `Two plugins are called "${plugin.name}", and they ${namesIn(known) === namesIn(plugin) ? "are of different code" : "bring different things"}.`,
        mend: `Rename one of them: ${[known.url, plugin.url].join(", ")}.`,
        facts: { plugin: plugin.name, urls: [known.url, plugin.url] },
      });
    }
  }
  return [...byName.values()];
}

function register(plugins: readonly Plugin[]): ReadonlyMap<string, Registered> {
  const all = new Map<string, Registered>();
  for (const plugin of plugins) {
    for (const extension of plugin.extensions as readonly Extension[]) {
      const id = `${extension.kind}:${extension.name}`;
      const known = all.get(id);
      if (known !== undefined) {
        throw new MillraceError({
          code: "PLUGIN_DUPLICATE",
          message: `Two plugins bring the ${extension.kind} "${extension.name}": "${known.plugin.name}" and "${plugin.name}".`,
          mend: `Take one of the two plugins out of the config, or rename its ${extension.kind}.`,
          facts: { kind: extension.kind, name: extension.name, plugins: [known.plugin.name, plugin.name] },
        });
      }
      all.set(id, { extension, plugin });
    }
  }
  return all;
}

function unknownName(kind: Kind, name: string, names: readonly string[]): MillraceError {
  return new MillraceError({
    code: "PLUGIN_UNKNOWN_NAME",
    message: `No plugin brings a ${kind} "${name}".`,
    mend: `${suggest(name, names)} Or add the plugin that brings it to "plugins".`,
    facts: { kind, name, allowed: names, nearest: nearest(name, names) },
  });
}

/**
 * (kind, name) to extension and plugin. `variables` are environment values from files: the process's own environment wins over them.
 * Throws PLUGIN_CONTRACT, PLUGIN_INVALID and PLUGIN_DUPLICATE, and PLUGIN_CODE where two of a name lie in different files and one cannot be read.
 */
export function createRegistry(plugins: readonly Plugin[], variables: Readonly<Record<string, string>> = {}): Registry {
  const unique = distinct(plugins);
  const all = register(unique);
  const find = <K extends Kind>(kind: K, name: string): Registered<K> | null => (all.get(`${kind}:${name}`) as Registered<K> | undefined) ?? null;
  const names = (kind: Kind): readonly string[] =>
    [...all.values()]
      .filter(({ extension }) => extension.kind === kind)
      .map(({ extension }) => extension.name as string)
      .sort();
  return {
    plugins: unique,
    find,
    names,
    get(kind, name) {
      const found = find(kind, name);
      if (found === null) throw unknownName(kind, name, names(kind));
      return found;
    },
    list: () => [...all.keys()].sort().map((id) => all.get(id)!),
    scope(folder) {
      const own = processScope(folder);
      return { folder, env: (name) => own.env(name) ?? variables[name], names: () => [...own.names(), ...Object.keys(variables)] };
    },
  };
}
