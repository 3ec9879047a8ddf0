import type { Extension, PluginContext } from "../contracts/plugin.js";
import type { Kind } from "../contracts/kind.js";
import type { Kinds } from "../contracts/kinds.js";
import type { In, Out, Schema } from "../contracts/schema.js";

export interface ExtensionSpec<K extends Kind, N extends string, S extends Schema> {
  readonly name: N;
  /** One line for lists and docs. */
  readonly summary: string;
  /** A zod object (or any Standard Schema with JSON Schema), a description on every key. */
  readonly options: S;
  /** Import the implementation here, so that a list of extensions loads none: `create: async (options) => (await import("./x.js")).x(options)`. */
  create(options: Out<S>, context: PluginContext): Kinds[K] | Promise<Kinds[K]>;
}

/** Whether something of a type stands anywhere among options. */
type Holds<T, Refused, Depth extends readonly unknown[] = []> = 0 extends 1 & T
  ? false
  : T extends Refused
    ? true
    : [Depth["length"]] extends [4]
      ? false
      : T extends object
        ? { [Key in keyof T]-?: Holds<T[Key], Refused, [...Depth, unknown]> }[T extends readonly unknown[] ? number & keyof T : keyof T]
        : false;

/** A sentence for the compiler to say: options are data, which is digested, printed and sent to workers. */
type DataOnly<S extends Schema> =
  true extends Holds<In<S>, (...args: never[]) => unknown>
    ? { readonly options: "An option is never a function: let it name a module and an export, and import that in `create`." }
    : true extends Holds<In<S>, Date>
      ? { readonly options: "An option is never a Date, which has no JSON form: take a text, as z.iso.datetime() does." }
      : unknown;

/** One implementation of a kind. */
export function defineExtension<const K extends Kind, const N extends string, S extends Schema>(kind: K, spec: ExtensionSpec<K, N, S> & DataOnly<S>): Extension<K, N, S> {
  return { kind, ...(spec as ExtensionSpec<K, N, S>) };
}
