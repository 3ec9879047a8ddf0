import type { Hooks } from "../contracts/hooks.js";
import type { Extension, Plugin, PluginContext } from "../contracts/plugin.js";

export interface PluginSpec<N extends string, E extends readonly Extension[]> {
  readonly name: N;
  readonly version: string;
  /** `import.meta.url` of the file that calls this. */
  readonly url: string;
  readonly extensions?: E;
  /** Taps hooks. */
  apply?(hooks: Hooks, context: PluginContext): void;
}

/** A plugin: a name, its extensions, its taps. */
export function definePlugin<const N extends string, const E extends readonly Extension[] = []>(spec: PluginSpec<N, E>): Plugin<N, E> {
  return { contract: 1, name: spec.name, version: spec.version, url: spec.url, extensions: spec.extensions ?? ([] as unknown as E), apply: spec.apply ?? (() => {}) };
}
