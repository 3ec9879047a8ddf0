import type { Hooks } from "../contracts/hooks.js";
import type { Extension, Plugin, PluginContext } from "../contracts/plugin.js";
import { packageVersion } from "./package-version.js";

export interface PluginSpec<N extends string, E extends readonly Extension[]> {
  readonly name: N;
  /** Default: that of the package.json above `url`. */
  readonly version?: string;
  /** `import.meta.url` of the file that calls this. */
  readonly url: string;
  readonly extensions?: E;
  /** Taps hooks. */
  apply?(hooks: Hooks, context: PluginContext): void;
  /** Its own error codes, loaded when somebody asks. */
  errors?: Plugin["errors"];
}

/** The names of one kind among extensions, where they are known. */
type Names<E, K> = E extends { readonly kind: K; readonly name: infer N } ? (0 extends 1 & N ? never : string extends N ? never : N) : never;

/** A sentence for the compiler to say, where two extensions of a plugin have one kind and name. */
type Twice<E> = E extends readonly [infer Head extends Extension, ...infer Rest extends readonly Extension[]]
  ? [Names<Head, Head["kind"]>] extends [never]
    ? Twice<Rest>
    : Head["name"] extends Names<Rest[number], Head["kind"]>
      ? `This plugin brings the ${Head["kind"]} '${Head["name"]}' twice: rename one of the two.`
      : Twice<Rest>
  : never;

type Distinct<E> = [Twice<E>] extends [never] ? unknown : { readonly extensions: Twice<E> };

/** A plugin: a name, its extensions, its taps. */
export function definePlugin<const N extends string, const E extends readonly Extension[] = []>(spec: PluginSpec<N, E> & Distinct<E>): Plugin<N, E> {
  const { name, url, version = packageVersion(url), extensions, apply, errors } = spec as PluginSpec<N, E>;
  return { contract: 1, name, version, url, extensions: extensions ?? ([] as unknown as E), apply: apply ?? (() => {}), ...(errors === undefined ? {} : { errors }) };
}
