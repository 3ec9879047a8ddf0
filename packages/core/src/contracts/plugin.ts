import type { Watch } from "./executor.js";
import type { Hooks } from "./hooks.js";
import type { Json } from "./json.js";
import type { Kind } from "./kind.js";
import type { Kinds } from "./kinds.js";
import type { Schema, Out } from "./schema.js";
import type { Limits } from "./step.js";
import type { Task, TaskResult } from "./task.js";

/** Structured logging; pino satisfies it. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
  debug(facts: object, message: string): void;
}

/** How another thread or machine opens the same project: the module exports `openWorker` (see OpenWorker), for which `project` is. Plain JSON: it can travel. */
export interface ProjectReference {
  /** A URL. */
  readonly module: string;
  readonly project: Json;
}

/** What `create` and `apply` may use. */
export interface PluginContext {
  /** The folder of the config file: relative paths in options start here. */
  readonly folder: string;
  /** The project's state (`<folder>/.millrace` by default). */
  readonly home: string;
  readonly limits: Limits;
  readonly log: Log;
  /** For executors elsewhere; null where the project cannot be opened again: in a worker, and where it came from no files. */
  readonly project: ProjectReference | null;
  /** For executors: does a task in this process. */
  runTask(task: Task, watch: Watch): Promise<TaskResult>;
}

/** One implementation of a kind, with the schema of its options. */
export interface Extension<K extends Kind = any, N extends string = any, S extends Schema = any> {
  readonly kind: K;
  readonly name: N;
  /** One line for lists and docs. */
  readonly summary: string;
  readonly options: S;
  create(options: Out<S>, context: PluginContext): Kinds[K] | Promise<Kinds[K]>;
}

export interface Plugin<N extends string = any, E extends readonly Extension[] = any> {
  /** The version of the contract: 1. */
  readonly contract: 1;
  readonly name: N;
  readonly version: string;
  /** `import.meta.url` of the plugin's entry: the core digests the code behind it into the keys of tasks. */
  readonly url: string;
  readonly extensions: E;
  apply(hooks: Hooks, context: PluginContext): void;
  /** The codes that only this plugin throws, for `millrace explain`: what each means, and what to do. */
  errors?(): Promise<Readonly<Record<string, { readonly means: string; readonly mend: string }>>>;
}
