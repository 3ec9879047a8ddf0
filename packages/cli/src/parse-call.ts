import { parseArgs as parseStrictly, type ParseArgsConfig } from "node:util";
import { parseArgs, type ArgsDef } from "citty";
import { MillraceError, suggest } from "@millrace/core/plugin";
import { COMMON_ARGS, COMMON_LISTS, commonArgs, commonLists, type Call, type CommandSpec } from "./command-spec.js";
import type { Terminal } from "./terminal.js";

function usage(message: string, mend: string): MillraceError {
  return new MillraceError({ code: "USAGE_ARGUMENT", message, mend });
}

/** What a command takes. */
type Takes = Pick<CommandSpec, "args" | "lists" | "takesMany" | "readsConfig">;

/** All options of a command, by name. */
function optionsOf(spec: Takes): NonNullable<ParseArgsConfig["options"]> {
  const args: ArgsDef = { ...commonArgs(spec), ...spec.args };
  const single = Object.entries(args).flatMap(([name, { type }]) => (type === "positional" ? [] : [[name, { type: type === "boolean" ? "boolean" : "string" }] as const]));
  const lists = Object.keys({ ...commonLists(spec), ...spec.lists }).map((name) => [name, { type: "string", multiple: true }] as const);
  return Object.fromEntries([...single, ...lists, ["help", { type: "boolean", short: "h" }]]);
}

/** citty passes over what it does not know; here it is refused. Returns the options that may be repeated. Throws USAGE_ARGUMENT. */
function checkStrictly(name: string, spec: Takes, raw: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const options = optionsOf(spec);
  const { values, positionals, tokens } = parse(name, options, raw);
  for (const token of tokens) {
    if (token.kind !== "option" || token.name in options) continue;
    if (token.name in COMMON_ARGS || token.name in COMMON_LISTS) throw usage(`millrace ${name} reads no config, so that ${token.rawName} would change nothing.`, `Leave it out. See: millrace ${name} --help`);
    throw usage(`millrace ${name} has no option ${token.rawName}.`, `${suggest(`--${token.name}`, Object.keys(options).map((option) => `--${option}`))} Or see: millrace ${name} --help`);
  }
  refuseTwice(name, options, tokens);
  const places = Object.entries(spec.args).filter(([, { type }]) => type === "positional");
  if (positionals.length > places.length && spec.takesMany !== true) {
    throw usage(`millrace ${name} takes ${places.length === 0 ? "no argument" : `at most ${places.length}`}, found ${positionals.map((one) => `"${one}"`).join(" ")}.`, `See: millrace ${name} --help`);
  }
  for (const [index, [place, def]] of places.entries()) {
    if (def.required !== false && positionals[index] === undefined) throw usage(`millrace ${name} needs <${place}>.`, `See: millrace ${name} --help`);
  }
  for (const [option, def] of Object.entries(spec.args)) {
    if (def.type !== "positional" && def.required === true && values[option] === undefined) throw usage(`millrace ${name} needs --${option}.`, `See: millrace ${name} --help`);
  }
  return new Map(Object.keys({ ...commonLists(spec), ...spec.lists }).map((list) => [list, (values[list] as string[] | undefined) ?? []]));
}

type Options = NonNullable<ParseArgsConfig["options"]>;

/** An option with one value, given twice: neither is meant more than the other. */
function refuseTwice(name: string, options: Options, tokens: ReturnType<typeof parse>["tokens"]): void {
  const given = tokens.flatMap((token) => (token.kind === "option" && options[token.name]?.type === "string" && options[token.name]?.multiple !== true ? [token.name] : []));
  const twice = given.find((option, index) => given.indexOf(option) < index);
  if (twice !== undefined) throw usage(`millrace ${name} takes --${twice} once, found it ${given.filter((option) => option === twice).length} times.`, `Leave one --${twice} out.`);
}

function parse(name: string, options: NonNullable<ParseArgsConfig["options"]>, raw: readonly string[]) {
  try {
    // Strict for values (one that is missing, one too many), not for names: those get the nearest.
    const loose = parseStrictly({ args: [...raw], options, strict: false, allowPositionals: true, tokens: true });
    if (loose.tokens.every((token) => token.kind !== "option" || token.name in options)) parseStrictly({ args: [...raw], options, strict: true, allowPositionals: true });
    return loose;
  } catch (cause) {
    const negative = raw.find((one, index) => /^-\d/.test(one) && raw[index - 1]?.startsWith("--"));
    if (negative !== undefined) throw usage(`millrace ${name}: the value of ${raw[raw.indexOf(negative) - 1]!} begins with "-", as an option does.`, `If it is meant: ${raw[raw.indexOf(negative) - 1]!}=${negative}`);
    throw usage(`millrace ${name}: ${(cause as Error).message.split("\n")[0]!}`, `See: millrace ${name} --help`);
  }
}

/** Arguments of a call, all known and all there. Throws USAGE_ARGUMENT. */
export function parseCall<A extends ArgsDef>(name: string, spec: CommandSpec<A>, raw: readonly string[], terminal: Terminal, folder: string): Call<A> {
  const lists = checkStrictly(name, spec, raw);
  const listArgs = Object.fromEntries([...lists.keys()].map((list) => [list, { type: "string" } as const]));
  const args = parseArgs<A & typeof COMMON_ARGS>([...raw], { ...COMMON_ARGS, ...spec.args, ...listArgs });
  // A value of --set may hold commas; names of tasks do not.
  return { args, list: (list) => (list === "set" ? (lists.get(list) ?? []) : (lists.get(list) ?? []).flatMap((value) => value.split(","))), terminal, folder };
}

/** A whole number of at least 1. Throws USAGE_ARGUMENT. */
export function wholeNumber(option: string, text: string): number {
  const value = Number(text.replaceAll("_", ""));
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw usage(`--${option} must be a whole number of at least 1, found "${text}".`, `Write --${option} 10000.`);
}
