import type { columnsSchema, evaluateSchema, limitsSchema, SplitUse } from "@millrace/core/engine";
import type { Plugins, UseOf } from "./use.js";

/** What a schema takes. */
type InputOf<S extends { readonly _zod: { readonly input: unknown } }> = S["_zod"]["input"];

/** Columns that a transform takes, and the name of its first result. */
interface From {
  readonly from: readonly string[];
  readonly as?: string;
}

export interface ModelConfig<P extends Plugins = readonly []> {
  /** Where the rows come from. */
  readonly source: UseOf<P, "source">;
  /** What the columns mean. */
  readonly columns?: InputOf<typeof columnsSchema>;
  /** Expectations of the data. */
  readonly check?: readonly UseOf<P, "check">[];
  /** Which rows train, validate and test. Default: by time where there is a time column, else at random. */
  readonly split?: SplitUse;
  /** Transforms before the model, in order. */
  readonly features?: readonly UseOf<P, "transform", From>[];
  /** The trainer. */
  readonly train: UseOf<P, "trainer">;
  /** Transforms behind the model, in order. */
  readonly after?: readonly (UseOf<P, "transform"> | UseOf<P, "transform", Partial<From>>)[];
  /** How good the model is. */
  readonly evaluate?: Omit<InputOf<typeof evaluateSchema>, "metrics" | "baselines"> & {
    /** Default: those usual for the problem. */
    readonly metrics?: readonly UseOf<P, "metric">[];
    /** Trainers to compare with. */
    readonly baselines?: readonly UseOf<P, "trainer">[];
  };
  /** Alias that moves to the version when every gate passed. */
  readonly register?: { readonly alias?: string | null };
}

export interface Config<P extends Plugins = readonly []> {
  /** Version of the file's schema. */
  readonly schema: 1;
  readonly project: string;
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
  readonly models?: { readonly [name: string]: ModelConfig<P> };
}

type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> } : T;

/** A config that lies over another: any part of it. */
export type Overlay<P extends Plugins = readonly []> = DeepPartial<Omit<Config<P>, "plugins">> & { readonly plugins?: P };

/** A config, with names and options checked by the types of its plugins. */
export function defineConfig<const P extends Plugins = readonly []>(config: Config<P>): Config<P> {
  return config;
}

/** A part of a config that changes another: `millrace.config.<env>.ts`. */
export function defineOverlay<const P extends Plugins = readonly []>(overlay: Overlay<P>): Overlay<P> {
  return overlay;
}

/** A model in a module of its own. */
export function defineModel<const P extends Plugins = readonly []>(model: ModelConfig<P>): ModelConfig<P> {
  return model;
}
