import type { Kind } from "../contracts/kind.js";
import type { Kinds } from "../contracts/kinds.js";
import type { Plugin } from "../contracts/plugin.js";
import type { Use } from "../contracts/resolved.js";
import { explained } from "../errors/explained.js";
import { MillraceError } from "../errors/millrace-error.js";

/** What to do with a member: `data` is read as it is; `foreign` throws what is mostly not the plugin's own, as an executor does; all others are called, and give a value or an object that is called in turn. */
type Member = "data" | "foreign" | "value" | "optional" | "rows" | "iterator" | "fold" | "predictor";
type Members = Readonly<Record<PropertyKey, Member>>;

/** Every member of every kind: the compiler misses one that a contract gets. */
const MEMBERS: { readonly [K in Kind]: { readonly [M in keyof Kinds[K]]-?: Member } } = {
  source: { fields: "value", partitions: "value", read: "rows", lines: "optional" },
  sink: { write: "value" },
  transform: { learnsFrom: "data", replaces: "data", fields: "value", fit: "fold", lower: "value" },
  trainer: { sparse: "data", problems: "data", train: "value", lower: "value" },
  runtime: { facts: "data", load: "predictor" },
  metric: { direction: "data", columns: "data", fold: "fold" },
  check: { fold: "fold" },
  step: { place: "data", plan: "value", run: "value" },
  store: { get: "value", find: "value", commit: "value", watch: "rows", [Symbol.asyncDispose]: "optional" },
  artifacts: { put: "value", get: "rows", list: "rows", remove: "value" },
  executor: { slots: "data", run: "foreign", [Symbol.asyncDispose]: "optional" },
  command: { run: "value" },
};

/** Every kind. */
export const KINDS = Object.keys(MEMBERS) as readonly Kind[];

/** Those of what calls give. */
const GIVEN: { readonly [M in Member]?: Members } = {
  fold: { start: "value", add: "value", merge: "value", finish: "value" },
  predictor: { input: "data", output: "data", predict: "value", [Symbol.asyncDispose]: "optional" },
  rows: { [Symbol.asyncIterator]: "iterator" },
  iterator: { next: "value", return: "optional", throw: "optional" },
};

/** The error to throw in the place of what `called` threw. */
type Fail = (error: unknown, called: string, args: readonly unknown[]) => unknown;

/**
 * An extension that says whose it is wherever a call of it throws: what is no MillraceError becomes PLUGIN_FAILED, which names plugin, kind, extension and
 * member. Whatever else the extension has stays within reach, by its prototype; members of the contract are called on the extension itself.
 */
export function guarded<K extends Kind>(made: Kinds[K], { kind, name }: Use<K>, plugin: Plugin): Kinds[K] {
  const fail: Fail = (error, called, args) => (isStopped(args) ? error : failure(error, called, kind, name, plugin));
  return members(made, MEMBERS[kind], null, fail) as Kinds[K];
}

function members(own: any, all: Members, from: string | null, fail: Fail): object {
  const guard = Object.create(own as object) as object;
  for (const key of Reflect.ownKeys(all)) {
    const member = all[key]!;
    // One that is missing and must be there is called all the same: the error says that it is no function.
    if (own[key] === undefined && (member === "data" || member === "optional")) continue;
    const called = typeof key === "symbol" || member === "iterator" || all === GIVEN.iterator ? (from ?? "dispose") : `${from === null ? "" : `${from}.`}${key}()`;
    Object.defineProperty(guard, key, { enumerable: true, configurable: true, ...(member === "data" ? { get: () => own[key] } : { writable: true, value: call(own, key, member, called, fail) }) });
  }
  return guard;
}

function call(own: any, key: PropertyKey, member: Member, called: string, fail: Fail) {
  if (member === "foreign") return (...args: unknown[]): unknown => own[key](...args);
  const given = GIVEN[member];
  return (...args: unknown[]): unknown => {
    const thrown = (error: unknown) => fail(error, called, args);
    const guard = (value: unknown): unknown => (given === undefined ? value : members(value, given, called, (error, inner, its) => (isStopped(args) ? error : fail(error, inner, its))));
    try {
      const value = own[key](...args);
      return typeof value?.then === "function" ? value.then(guard, (error: unknown) => Promise.reject(thrown(error))) : guard(value);
    } catch (error) {
      throw thrown(error);
    }
  };
}

/** Whether the call was to stop: what it throws then is no fault. */
function isStopped(args: readonly any[]): boolean {
  return args.some((arg) => (arg instanceof AbortSignal ? arg : arg?.signal)?.aborted === true);
}

function failure(error: unknown, called: string, kind: Kind, name: string, { name: plugin, url }: Plugin): unknown {
  const known = explained(error);
  if (MillraceError.is(known)) return known;
  return new MillraceError({
    code: "PLUGIN_FAILED",
    message: `The ${kind} "${name}" (plugin "${plugin as string}") failed in ${called}: ${error instanceof Error ? error.message : String(error)}`,
    mend: `Run again with --debug, and report what it prints to the author of plugin "${plugin as string}" (${url}).`,
    cause: error,
    facts: { plugin, kind, name, member: called, url },
  });
}
