import type { AliasRecord, ModelVersion } from "@millrace/core";
import { parseModelRef } from "@millrace/core/model";

/** What a model's names point to. */
export interface Pointers {
  readonly model: string;
  /** Where a path names neither version nor alias. */
  readonly main: number;
  readonly aliases: ReadonlyMap<string, number>;
  /** Every version that can be asked. */
  readonly versions: ReadonlySet<number>;
}

/** What the store holds. */
export interface Catalogue {
  readonly versions: readonly ModelVersion[];
  readonly aliases: readonly AliasRecord[];
}

/** What is to be served: pure. `refs` empty: every model. What the store does not hold (yet) is left out. */
export function wantedPointers(refs: readonly string[], { versions, aliases }: Catalogue): ReadonlyMap<string, Pointers> {
  const all = refs.length > 0 ? refs : [...new Set(versions.map(({ model }) => model))].sort();
  const found = new Map<string, Pointers>();
  for (const ref of all) {
    const { model, version, alias } = parseModelRef(ref);
    const known = versions.filter((one) => one.model === model);
    const named = aliases.filter((one) => one.model === model && (alias === null || one.alias === alias) && known.some((have) => have.version === one.version));
    const next = version !== null ? exact(model, version, known) : alias !== null ? aliased(model, named) : whole(model, known, named);
    if (next !== null) found.set(model, joined(found.get(model), next));
  }
  return found;
}

function exact(model: string, version: number, known: readonly ModelVersion[]): Pointers | null {
  return known.some((one) => one.version === version) ? { model, main: version, aliases: new Map(), versions: new Set([version]) } : null;
}

function aliased(model: string, named: readonly AliasRecord[]): Pointers | null {
  const [first] = named;
  return first === undefined ? null : { model, main: first.version, aliases: new Map([[first.alias, first.version]]), versions: new Set([first.version]) };
}

/** All aliases, and the newest version that passed; `champion` is the main one. */
function whole(model: string, known: readonly ModelVersion[], named: readonly AliasRecord[]): Pointers | null {
  const passed = known.filter(({ gates, sample }) => gates === "passed" && sample === null).map(({ version }) => version);
  const newest = passed.length === 0 ? null : Math.max(...passed);
  const aliases = new Map(named.map(({ alias, version }) => [alias, version]));
  const main = aliases.get("champion") ?? newest ?? named[0]?.version ?? null;
  return main === null ? null : { model, main, aliases, versions: new Set([main, ...(newest === null ? [] : [newest]), ...aliases.values()]) };
}

/** Of several refs to one model the first is the main one. */
function joined(before: Pointers | undefined, next: Pointers): Pointers {
  if (before === undefined) return next;
  return { ...before, aliases: new Map([...next.aliases, ...before.aliases]), versions: new Set([...before.versions, ...next.versions]) };
}
