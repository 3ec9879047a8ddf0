import type { ArgsDef, ParsedArgs } from "citty";
import type { Terminal } from "./terminal.js";

/** Options of every command. */
export const COMMON_ARGS = {
  config: { type: "string", description: "Config file. Default: millrace.config.* in this folder or above it.", valueHint: "file" },
  env: { type: "string", description: "Overlay to lay over the config. Default: MILLRACE_ENV.", valueHint: "name" },
  json: { type: "boolean", description: "One JSON document a line on the output, for scripts." },
  debug: { type: "boolean", description: "Log everything, and show stack traces." },
} as const satisfies ArgsDef;

/** Options that may be given several times, of every command. */
export const COMMON_LISTS = { set: { description: "A value over the config's: models.delays.train.with.l2=0.1. May be repeated.", valueHint: "path=value" } } as const;

/** The options of every command that a command has: one that reads no config takes none that would say which. */
export function commonArgs({ readsConfig }: Pick<CommandSpec, "readsConfig">): ArgsDef {
  const { config: _, env: __, ...others } = COMMON_ARGS;
  return readsConfig === false ? others : COMMON_ARGS;
}

/** Likewise those that may be given several times. */
export function commonLists({ readsConfig }: Pick<CommandSpec, "readsConfig">): Readonly<Record<string, ListSpec>> {
  return readsConfig === false ? {} : COMMON_LISTS;
}

export interface ListSpec {
  readonly description: string;
  readonly valueHint: string;
}

/** A call of a command; without the type of its arguments, what the calls of all commands have. */
export interface Call<A extends ArgsDef = Record<never, never>> {
  readonly args: ParsedArgs<A & typeof COMMON_ARGS>;
  /** Options that may be repeated, and values with commas, in order. */
  list(name: string): readonly string[];
  readonly terminal: Terminal;
  /** The working directory. */
  readonly folder: string;
}

export interface CommandSpec<A extends ArgsDef = ArgsDef> {
  /** One sentence. */
  readonly summary: string;
  /** A call, and what it does. */
  readonly examples: readonly (readonly [string, string])[];
  readonly args: A;
  readonly lists?: Readonly<Record<string, ListSpec>>;
  /** The last argument may be repeated; all are in `args._`. */
  readonly takesMany?: true;
  /** It has no use for --config, --env and --set, and refuses them. */
  readonly readsConfig?: false;
  /** The exit code. */
  run(call: Call<A>): Promise<number>;
}

/** A command, its arguments inferred. */
export function defineSpec<const A extends ArgsDef>(spec: CommandSpec<A>): CommandSpec<A> {
  return spec;
}
