import { MillraceError, suggest, type Log, type ModelVersion } from "@millrace/core";
import type { ModelPath } from "../http/route.js";
import type { Served } from "./served.js";
import { wantedPointers, type Catalogue, type Pointers } from "./wanted.js";

export interface TableParts {
  readonly refs: readonly string[];
  readonly log: Log;
  /** Given up where `signal` fires: the server stops. */
  load(version: ModelVersion, signal: AbortSignal): Promise<Served>;
}

/** The models that answer. */
export interface ModelTable extends AsyncDisposable {
  /** Throws SERVE_NOT_FOUND and SERVE_UNAVAILABLE. */
  find(path: ModelPath): Served;
  readonly pointers: ReadonlyMap<string, Pointers>;
  readonly loaded: readonly Served[];
  /** Why versions that are wanted do not answer, by `name@3`. */
  readonly failures: ReadonlyMap<string, MillraceError>;
  /** Loads what is new, switches, and lets go of what is gone. Failures keep what answers; they are logged once, and tried again with the next update. */
  update(catalogue: Catalogue): Promise<void>;
  /** Serves a model again that was withdrawn, and tries versions again that failed. Throws SERVE_NOT_FOUND, SERVE_STATE where it does not answer afterwards. */
  offer(model: string): Promise<void>;
  /** Takes a model out of service until it is offered again. Throws SERVE_NOT_FOUND. */
  withdraw(model: string): Promise<void>;
}

const refOf = (model: string, version: number): string => `${model}@${version}`;

export function createTable({ refs, log, load }: TableParts): ModelTable {
  const loaded = new Map<string, Served>();
  const loading = new Map<string, Promise<void>>();
  const closing = new Set<Promise<void>>();
  const stopping = new AbortController();
  const failures = new Map<string, MillraceError>();
  const withdrawn = new Set<string>();
  let known: Catalogue = { versions: [], aliases: [] };
  let pointers: ReadonlyMap<string, Pointers> = new Map();

  function wanted(): ReadonlyMap<string, Pointers> {
    return new Map([...wantedPointers(refs, known)].filter(([model]) => !withdrawn.has(model)));
  }
  /** Points to what is loaded, and lets go of what nothing points to. */
  function settle(): void {
    const next = wanted();
    pointers = new Map([...next].map(([model, one]) => [model, switched(pointers.get(model), one, (number) => loaded.has(refOf(model, number)))]));
    const kept = new Set([...pointers.values()].flatMap(({ model, versions }) => [...versions].map((number) => refOf(model, number))));
    for (const ref of failures.keys()) if (!refsOf(next).has(ref)) failures.delete(ref);
    for (const [ref, served] of loaded) {
      if (kept.has(ref)) continue;
      loaded.delete(ref);
      log.info({ model: served.model, version: served.number }, `${ref} is let go`);
      // What reached it is answered before it closes, the requests among it whose bodies are still to come.
      const closed = close(served, log).finally(() => closing.delete(closed));
      closing.add(closed);
    }
  }
  async function bring(version: ModelVersion): Promise<void> {
    const ref = refOf(version.model, version.version);
    const facts = { model: version.model, version: version.version };
    try {
      loaded.set(ref, await load(version, stopping.signal));
      failures.delete(ref);
      log.info(facts, `${ref} answers`);
    } catch (error) {
      if (stopping.signal.aborted) return;
      const failure = MillraceError.is(error) ? error : new MillraceError({ code: "SERVE_LOAD", message: `${ref} cannot be loaded.`, mend: "Look into the log for the cause.", cause: error });
      if (failures.get(ref)?.message !== failure.message) log.error({ ...facts, code: failure.code, err: error }, `${ref} is not served: ${failure.message}`);
      failures.set(ref, failure);
    }
    loading.delete(ref);
    settle();
  }
  async function update(catalogue: Catalogue): Promise<void> {
    known = catalogue;
    settle();
    for (const ref of refsOf(wanted())) {
      if (loaded.has(ref) || loading.has(ref)) continue;
      loading.set(ref, bring(known.versions.find((one) => refOf(one.model, one.version) === ref)!));
    }
    await Promise.all(loading.values());
  }
  function checkKnown(model: string): void {
    const models = wantedPointers(refs, known);
    if (!models.has(model)) throw notFound(`There is no model "${model}" here.`, model, [...models.keys()]);
  }
  return {
    get pointers() {
      return pointers;
    },
    get loaded() {
      return [...loaded.values()];
    },
    failures,
    update,
    find(path) {
      const named = pointers.get(path.model);
      if (named === undefined) throw notFound(`There is no model "${path.model}" here.`, path.model, [...pointers.keys()]);
      const served = loaded.get(refOf(path.model, numberOf(path, named)));
      if (served !== undefined) return served;
      throw new MillraceError({ code: "SERVE_UNAVAILABLE", message: `"${path.model}" cannot answer at the moment.`, mend: "Try again later; the server's log has the cause." });
    },
    async offer(model) {
      checkKnown(model);
      withdrawn.delete(model);
      await update(known);
      if (!pointers.has(model) || [...failures.keys()].some((ref) => ref.startsWith(`${model}@`))) throw stateError(model, "does not answer: a version of it cannot be loaded");
    },
    async withdraw(model) {
      checkKnown(model);
      withdrawn.add(model);
      settle();
      await Promise.all(closing);
    },
    async [Symbol.asyncDispose]() {
      // A model that hangs while it is loaded would hold the server up.
      stopping.abort();
      await Promise.all(loading.values());
      await Promise.all([...closing, ...[...loaded.values()].map((served) => close(served, log))]);
    },
  };
}

function refsOf(wanted: ReadonlyMap<string, Pointers>): ReadonlySet<string> {
  return new Set([...wanted.values()].flatMap(({ model, versions }) => [...versions].map((number) => refOf(model, number))));
}

async function close({ lane, uses, model, number }: Served, log: Log): Promise<void> {
  try {
    await uses.ended();
    await lane[Symbol.asyncDispose]();
  } catch (error) {
    log.error({ model, version: number, err: error }, "a model did not close");
  }
}

/** The new pointers, where what they point to is loaded; the old ones where it is not. */
function switched(before: Pointers | undefined, next: Pointers, isLoaded: (version: number) => boolean): Pointers {
  const versions = new Set([...next.versions].filter(isLoaded));
  const keep = (to: number, old: number | undefined): number => {
    if (isLoaded(to) || old === undefined || !isLoaded(old)) return to;
    versions.add(old);
    return old;
  };
  const aliases = new Map([...next.aliases].map(([alias, to]) => [alias, keep(to, before?.aliases.get(alias))]));
  return { model: next.model, main: keep(next.main, before?.main), aliases, versions };
}

function numberOf({ model, version, alias }: ModelPath, { main, aliases, versions }: Pointers): number {
  if (alias !== null) {
    const number = aliases.get(alias);
    if (number !== undefined) return number;
    throw notFound(`The model "${model}" has no alias "${alias}" here.`, alias, [...aliases.keys()]);
  }
  if (version === null) return main;
  const number = /^[1-9][0-9]{0,8}$/.test(version) ? Number(version) : aliases.get(version);
  if (number !== undefined && versions.has(number)) return number;
  throw notFound(`The model "${model}" has no version ${version} here.`, version, [...versions].map(String));
}

function stateError(model: string, why: string): MillraceError {
  return new MillraceError({ code: "SERVE_STATE", message: `"${model}" ${why}.`, mend: "See POST /v2/repository/index; the server's log has the cause." });
}

function notFound(message: string, name: string, names: readonly string[]): MillraceError {
  return new MillraceError({ code: "SERVE_NOT_FOUND", message, mend: names.length === 0 ? "Nothing is served here yet." : suggest(name, names) });
}
