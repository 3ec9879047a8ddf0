import { MillraceError, suggest, type Log, type ModelVersion } from "@millrace/core";
import type { ModelPath } from "../http/route.js";
import type { Served } from "./served.js";
import { wantedPointers, type Catalogue, type Pointers } from "./wanted.js";

export interface TableParts {
  readonly refs: readonly string[];
  readonly log: Log;
  load(version: ModelVersion): Promise<Served>;
}

/** The models that answer. */
export interface ModelTable extends AsyncDisposable {
  /** Throws SERVE_NOT_FOUND and SERVE_UNAVAILABLE. */
  find(path: ModelPath): Served;
  readonly pointers: ReadonlyMap<string, Pointers>;
  readonly loaded: readonly Served[];
  /** Why versions that are wanted do not answer, by `name@3`. */
  readonly failures: ReadonlyMap<string, MillraceError>;
  /** Loads what is new, switches, and lets go of what is gone. Failures keep what answers; they are logged once. */
  update(catalogue: Catalogue): Promise<void>;
}

const refOf = (model: string, version: number): string => `${model}@${version}`;

export function createTable({ refs, log, load }: TableParts): ModelTable {
  const loaded = new Map<string, Served>();
  const failures = new Map<string, MillraceError>();
  let pointers: ReadonlyMap<string, Pointers> = new Map();
  let last: Promise<void> = Promise.resolve();

  async function ready(model: string, number: number, versions: readonly ModelVersion[]): Promise<void> {
    const ref = refOf(model, number);
    if (loaded.has(ref)) return;
    const version = versions.find((one) => one.model === model && one.version === number)!;
    try {
      loaded.set(ref, await load(version));
      failures.delete(ref);
      log.info({ model, version: number }, `${ref} answers`);
    } catch (error) {
      const failure = MillraceError.is(error) ? error : new MillraceError({ code: "SERVE_LOAD", message: `${ref} cannot be loaded.`, mend: "Look into the log for the cause.", cause: error });
      if (failures.get(ref)?.message !== failure.message) log.error({ model, version: number, code: failure.code, err: error }, `${ref} is not served: ${failure.message}`);
      failures.set(ref, failure);
    }
  }

  async function change(catalogue: Catalogue): Promise<void> {
    const wanted = wantedPointers(refs, catalogue);
    for (const { model, versions } of wanted.values()) for (const number of versions) await ready(model, number, catalogue.versions);
    pointers = new Map([...wanted].map(([model, next]) => [model, switched(pointers.get(model), next, (number) => loaded.has(refOf(model, number)))]));
    const kept = new Set([...pointers.values()].flatMap(({ model, versions }) => [...versions].map((number) => refOf(model, number))));
    for (const [ref, served] of loaded) {
      if (kept.has(ref)) continue;
      loaded.delete(ref);
      log.info({ model: served.model, version: served.number }, `${ref} is let go`);
      // Its lane answers what it has before it closes.
      void closed(served);
    }
  }

  async function closed({ lane, model, number }: Served): Promise<void> {
    try {
      await lane[Symbol.asyncDispose]();
    } catch (error) {
      log.error({ model, version: number, err: error }, "a model did not close");
    }
  }

  return {
    get pointers() {
      return pointers;
    },
    get loaded() {
      return [...loaded.values()];
    },
    failures,
    find(path) {
      const named = pointers.get(path.model);
      if (named === undefined) throw notFound(`There is no model "${path.model}" here.`, path.model, [...pointers.keys()]);
      const served = loaded.get(refOf(path.model, numberOf(path, named)));
      if (served !== undefined) return served;
      throw new MillraceError({ code: "SERVE_UNAVAILABLE", message: `"${path.model}" cannot answer at the moment.`, mend: "Try again later; the server's log has the cause." });
    },
    update: (catalogue) => (last = last.then(() => change(catalogue))),
    async [Symbol.asyncDispose]() {
      await last;
      await Promise.all([...loaded.values()].map(closed));
    },
  };
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

function notFound(message: string, name: string, names: readonly string[]): MillraceError {
  return new MillraceError({ code: "SERVE_NOT_FOUND", message, mend: names.length === 0 ? "Nothing is served here yet." : suggest(name, names) });
}
