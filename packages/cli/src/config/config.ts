import type { columnsSchema, evaluateSchema, limitsSchema, SplitUse } from "@millrace/core/engine";
import type { ColumnOf, FeatureInputOf, KnownModels, ProjectTypes, TypesOf } from "../project-types/project-types.js";
import type { Plugins, UseOf } from "./use.js";

/** What a schema takes. */
type InputOf<S extends { readonly _zod: { readonly input: unknown } }> = S["_zod"]["input"];

/** Columns that a transform takes, and the name of its first result. */
interface From<Name extends string = string> {
  readonly from: readonly Name[];
  readonly as?: string;
}

type ColumnRole = "key" | "time" | "target" | "weight" | "group";

/** What the columns mean, each by a name that the source has. */
type ColumnsConfig<Column extends string> = string extends Column
  ? InputOf<typeof columnsSchema>
  : Omit<InputOf<typeof columnsSchema>, ColumnRole | "ignore" | "pii" | "types"> & { readonly [Role in ColumnRole]?: Column } & {
      readonly ignore?: readonly Column[];
      readonly pii?: readonly Column[];
      readonly types?: { readonly [Name in Column]?: NonNullable<InputOf<typeof columnsSchema>["types"]>[string] };
    };

/** `Types`: what `millrace types` knows of the model; names of columns are any text where that is nothing. */
export interface ModelConfig<P extends Plugins = readonly [], Types = never> {
  /** Where the rows come from. */
  readonly source: UseOf<P, "source">;
  /** What the columns mean. */
  readonly columns?: ColumnsConfig<ColumnOf<Types>>;
  /** Expectations of the data. */
  readonly check?: readonly UseOf<P, "check">[];
  /** Which rows train, validate and test. Default: by time where there is a time column, else at random. */
  readonly split?: SplitUse;
  /** Transforms before the model, in order. */
  readonly features?: readonly UseOf<P, "transform", From<FeatureInputOf<Types>>>[];
  /** The trainer. */
  readonly train: UseOf<P, "trainer">;
  /** Transforms behind the model, in order. */
  readonly after?: readonly (UseOf<P, "transform"> | UseOf<P, "transform", Partial<From>>)[];
  /** How good the model is. */
  readonly evaluate?: Omit<InputOf<typeof evaluateSchema>, "metrics" | "baselines" | "slices"> & {
    /** Columns by whose values the metrics are given too. */
    readonly slices?: readonly ColumnOf<Types>[];
    /** Default: those usual for the problem. */
    readonly metrics?: readonly UseOf<P, "metric">[];
    /** Trainers to compare with. */
    readonly baselines?: readonly UseOf<P, "trainer">[];
  };
  /** Alias that moves to the version when every gate passed. */
  readonly register?: { readonly alias?: string | null };
}

export interface Config<P extends Plugins = readonly [], Project extends string = string> {
  /** Version of the file's schema. */
  readonly schema: 1;
  readonly project: Project;
  /** Plugins beside the embedded ones: values, names of packages, relative files. */
  readonly plugins?: P;
  /** Configs that this one lies over: relative files or packages. */
  readonly extends?: string | readonly string[];
  /** `false`: without the embedded plugins. */
  readonly defaults?: boolean;
  /** Files of environment variables, in dotenv format, that may be missing. */
  readonly env?: readonly string[];
  readonly store?: UseOf<P, "store">;
  readonly artifacts?: UseOf<P, "artifacts">;
  readonly executor?: UseOf<P, "executor">;
  readonly runtime?: UseOf<P, "runtime">;
  readonly limits?: InputOf<typeof limitsSchema>;
  /** Left out in an overlay that changes none. */
  readonly models?: { readonly [name: string]: ModelConfig<P> } & { readonly [Model in KnownModels<Project>]?: ModelConfig<P, TypesOf<Project, Model>> };
}

type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> } : T;

/** A config that lies over another: any part of it. */
export type Overlay<P extends Plugins = readonly []> = DeepPartial<Omit<Config<P>, "plugins">> & { readonly plugins?: P };

/** A config, with names and options checked by the types of its plugins. */
export function defineConfig<const P extends Plugins = readonly [], const Project extends string = string>(config: Config<P, Project>): Config<P, Project> {
  return config;
}

/** A part of a config that changes another: `millrace.config.<env>.ts`. */
export function defineOverlay<const P extends Plugins = readonly []>(overlay: Overlay<P>): Overlay<P> {
  return overlay;
}

/** A model in a module of its own; with its key, `<project>/<model>`, the names of columns are checked too (see `millrace types`). */
export function defineModel<const P extends Plugins = readonly []>(model: ModelConfig<P>): ModelConfig<P>;
export function defineModel<const Key extends keyof ProjectTypes, const P extends Plugins = readonly []>(key: Key, model: ModelConfig<P, ProjectTypes[Key]>): ModelConfig<P, ProjectTypes[Key]>;
export function defineModel(...given: readonly [object] | readonly [string, object]): object {
  return given.length === 1 ? given[0] : given[1];
}
