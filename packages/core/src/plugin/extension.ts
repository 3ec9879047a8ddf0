import type { Extension, PluginContext } from "../contracts/plugin.js";
import type { Kind } from "../contracts/kind.js";
import type { Kinds } from "../contracts/kinds.js";
import type { Out, Schema } from "../contracts/schema.js";

export interface ExtensionSpec<K extends Kind, N extends string, S extends Schema> {
  readonly name: N;
  /** One line for lists and docs. */
  readonly summary: string;
  /** A zod object (or any Standard Schema with JSON Schema), a description on every key. */
  readonly options: S;
  /** Import the implementation here, so that a list of extensions loads none: `create: async (options) => (await import("./x.js")).x(options)`. */
  create(options: Out<S>, context: PluginContext): Kinds[K] | Promise<Kinds[K]>;
}

/** One implementation of a kind. */
export function defineExtension<const K extends Kind, const N extends string, S extends Schema>(kind: K, spec: ExtensionSpec<K, N, S>): Extension<K, N, S> {
  return { kind, ...spec };
}
