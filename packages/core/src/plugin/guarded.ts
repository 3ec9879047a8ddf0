import type { Kind } from "../contracts/kind.js";
import type { Kinds } from "../contracts/kinds.js";
import type { Plugin } from "../contracts/plugin.js";
import type { Use } from "../contracts/resolved.js";
import { explained } from "../errors/explained.js";
import { MillraceError } from "../errors/millrace-error.js";

/**
 * What to do with a member: `data` is read as it is; `foreign` throws what is mostly not the plugin's own, as an executor does; all others are called, and
 * give a value or an object that is called in turn. One with a question mark may be missing.
 */
type Member = "data" | "data?" | "foreign" | "value" | "value?" | "rows" | "iterator" | "fold" | "predictor";
type Members = Readonly<Record<PropertyKey, Member>>;

/** Every member of every kind: the compiler misses one that a contract gets. */
const MEMBERS: { readonly [K in Kind]: { readonly [M in keyof Kinds[K]]-?: Member } } = {
  source: { fields: "value", partitions: "value", read: "rows", lines: "value?" },
  sink: { write: "value" },
  transform: { learnsFrom: "data", replaces: "data?", fields: "value", fit: "fold", lower: "value" },
  trainer: { sparse: "data", problems: "data?", train: "value", lower: "value" },
  runtime: { facts: "data", load: "predictor" },
  metric: { direction: "data", columns: "data", fold: "fold" },
  check: { fold: "fold" },
  step: { place: "data", plan: "value", run: "value" },
  store: { get: "value", find: "value", commit: "value", watch: "rows", [Symbol.asyncDispose]: "value?" },
  artifacts: { put: "value", get: "rows", list: "rows", remove: "value" },
  executor: { slots: "data", run: "foreign", [Symbol.asyncDispose]: "value?" },
  command: { run: "value" },
};

/** Every kind. */
export const KINDS = Object.keys(MEMBERS) as readonly Kind[];

/** Those of what calls give. */
const GIVEN: { readonly [M in Member]?: Members } = {
  fold: { start: "value", add: "value", merge: "value", finish: "value" },
  predictor: { input: "data", output: "data", predict: "value", [Symbol.asyncDispose]: "value?" },
  rows: { [Symbol.asyncIterator]: "iterator" },
  iterator: { next: "value", return: "value?", throw: "value?" },
};

/** The error to throw in the place of what `called` threw. */
type Fail = (error: unknown, called: string) => unknown;

/**
 * An extension that says whose it is wherever a call of it throws: what is no MillraceError becomes PLUGIN_FAILED, which names plugin, kind, extension and
 * member. Whatever else the extension has stays within reach, by its prototype; members of the contract are called on the extension itself.
 */
export function guarded<K extends Kind>(made: Kinds[K], { kind, name }: Use<K>, plugin: Plugin): Kinds[K] {
  return members(made, MEMBERS[kind], null, (error, called) => failure(error, called, kind, name, plugin)) as Kinds[K];
}

function members(own: any, all: Members, from: string | null, fail: Fail): object {
  const guard = Object.create(own as object) as object;
  // Rows are read by iterators, of which no author thinks.
  const isRead = all === GIVEN.rows || all === GIVEN.iterator;
  for (const key of Reflect.ownKeys(all)) {
    const member = all[key]!;
    if (member.endsWith("?") && own[key] === undefined) continue;
    const path = `${from === null ? "" : `${from}.`}${typeof key === "symbol" ? "dispose" : key}`;
    const property = member.startsWith("data") ? { get: () => data(own, key, path, fail) } : { writable: true, value: call(own, key, member, isRead ? from! : `${path}()`, fail) };
    Object.defineProperty(guard, key, { enumerable: true, configurable: true, ...property });
  }
  return guard;
}

function data(own: any, key: PropertyKey, read: string, fail: Fail): unknown {
  try {
    const value: unknown = own[key];
    if (value === undefined) throw new TypeError(`it has no "${String(key)}".`);
    return value;
  } catch (error) {
    throw fail(error, read);
  }
}

/** A call of a member; one that is missing is called all the same, and the error says that it is no function. */
function call(own: any, key: PropertyKey, member: Member, called: string, fail: Fail) {
  if (member === "foreign") return (...args: unknown[]): unknown => own[key](...args);
  const given = GIVEN[member];
  return (...args: unknown[]): unknown => {
    const thrown = (error: unknown): unknown => (isStopped(args) ? error : fail(error, called));
    const guard = (value: unknown): unknown => {
      if (given === undefined) return value;
      if (typeof value !== "object" || value === null) throw thrown(new TypeError(`it gave ${value === null ? "null" : typeof value}.`));
      return members(value, given, called, (error, inner) => (isStopped(args) ? error : fail(error, inner)));
    };
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
