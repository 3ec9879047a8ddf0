import type { Extension, In, Kind, Plugin, Schema } from "@millrace/core";
import type { defaults } from "../defaults.js";
import type { Written } from "./written.js";

/** Plugins as a config names them: values, packages, relative files. */
export type Plugins = readonly (Plugin | string)[];

type ExtensionsOf<P> = P extends { readonly extensions: readonly (infer E)[] } ? E : never;

/** All extensions that a config with these plugins may name. */
export type Available<P extends Plugins> = ExtensionsOf<(typeof defaults)[number]> | ExtensionsOf<P[number]>;

/** `with` may be left out where every option may. */
type UseOne<N extends string, S extends Schema, More> = {} extends In<S>
  ? BareName<N, More> | ({ readonly use: N; readonly with?: Written<In<S>> } & Given<More>)
  : { readonly use: N; readonly with: Written<In<S>> } & Given<More>;

/** A bare name is enough where nothing has to stand beside it. */
type BareName<N extends string, More> = More extends undefined ? N : never;

type Given<More> = More extends undefined ? unknown : More;

/** A plugin that is named by a text brings names that no compiler knows. */
type UseUnknown<P extends Plugins, More> = Extract<P[number], string> extends never ? never : { readonly use: string; readonly with?: { readonly [option: string]: unknown } } & Given<More>;

/** An extension of a kind in its place: names of that kind only, options by its schema. `More`: what stands beside `use` and `with`. */
export type UseOf<P extends Plugins, K extends Kind, More = undefined> = UseNamed<Extract<Available<P>, { readonly kind: K }>, More> | UseUnknown<P, More>;

type UseNamed<E, More> = E extends Extension<Kind, infer N, infer S> ? UseOne<N, S, More> : never;
