import type { ModelVersion } from "../contracts/model.js";
import type { Store } from "../contracts/store.js";
import { MillraceError } from "../errors/millrace-error.js";
import { suggest } from "../errors/nearest.js";
import { parseModelRef, type ModelRef } from "./model-ref.js";

const MAX_TRIES = 50;

export function modelVersionId(model: string, version: number): string {
  return `${model}@${version}`;
}

/** One more than the greatest version of the model; 1 where there is none. */
export async function nextVersion(store: Store, model: string): Promise<number> {
  const [newest] = await store.find("model", { where: { model }, order: { member: "version", direction: "descending" }, limit: 1 });
  return (newest?.value.version ?? 0) + 1;
}

/** Commits the version under the next free number; tries again where another process took that number first. */
export function registerVersion(store: Store, version: Omit<ModelVersion, "version">): Promise<ModelVersion> {
  return commitVersion(store, version, async () => null);
}

/** The same, but a version of this lineage, card and gates that is there already is returned and no second one made: runs that are killed or go on at once register one version. */
export function registerOnce(store: Store, version: Omit<ModelVersion, "version">): Promise<ModelVersion> {
  const { model, lineage, card, gates } = version;
  return commitVersion(store, version, async () => (await store.find("model", { where: { model, lineage, card, gates }, limit: 1 }))[0]?.value ?? null);
}

async function commitVersion(store: Store, version: Omit<ModelVersion, "version">, find: () => Promise<ModelVersion | null>): Promise<ModelVersion> {
  parseModelRef(version.model);
  for (let tries = 1; ; tries++) {
    const number = await nextVersion(store, version.model);
    // Looked for behind the number: whoever registers from here on takes that number, and the commit below conflicts.
    const same = await find();
    if (same !== null) return same;
    const value: ModelVersion = { ...version, version: number };
    try {
      await store.commit([{ entity: "model", id: modelVersionId(version.model, number), expect: null, value }]);
      return value;
    } catch (error) {
      if (!MillraceError.is(error, "STORE_CONFLICT") || tries === MAX_TRIES) throw error;
    }
  }
}

/**
 * The version that `name@3` or `name@alias` names; `name` alone is the newest version whose gates passed and that is no sample.
 * Throws MODEL_REF and, with the nearest name, MODEL_NOT_FOUND.
 */
export async function findVersion(store: Store, ref: string): Promise<ModelVersion> {
  const parsed = parseModelRef(ref);
  const number = parsed.alias === null ? parsed.version : await versionOfAlias(store, parsed.model, parsed.alias);
  const found = number === null ? await newestPassed(store, parsed.model) : ((await store.get("model", modelVersionId(parsed.model, number)))?.value ?? null);
  if (found !== null) return found;
  throw await notFound(store, ref, parsed);
}

async function versionOfAlias(store: Store, model: string, alias: string): Promise<number> {
  const record = await store.get("alias", `${model}@${alias}`);
  if (record !== null) return record.value.version;
  throw await notFound(store, `${model}@${alias}`, { model, version: null, alias });
}

async function newestPassed(store: Store, model: string): Promise<ModelVersion | null> {
  const [newest] = await store.find("model", { where: { model, gates: "passed", sample: null }, order: { member: "version", direction: "descending" }, limit: 1 });
  return newest?.value ?? null;
}

async function notFound(store: Store, ref: string, { model, version, alias }: ModelRef): Promise<MillraceError> {
  const versions = await store.find("model", { where: { model }, order: { member: "version", direction: "descending" } });
  const error = (message: string, mend: string): MillraceError => new MillraceError({ code: "MODEL_NOT_FOUND", message, mend, facts: { ref } });
  if (versions.length === 0) {
    const names = new Set((await store.find("model", { limit: 10_000 })).map((stored) => stored.value.model));
    return error(`No model "${model}" is registered.`, names.size === 0 ? "Register one first: millrace run." : suggest(model, names));
  }
  if (alias !== null) {
    const aliases = await store.find("alias", { where: { model } });
    const names = aliases.map((stored) => stored.value.alias);
    return error(`The model "${model}" has no alias "${alias}".`, names.length === 0 ? `Name a version: ${model}@${versions[0]!.value.version}.` : suggest(alias, names));
  }
  const newest = versions[0]!.value.version;
  if (version !== null) return error(`The model "${model}" has no version ${version}; its newest is ${newest}.`, `Use ${model}@${newest}.`);
  return error(`No version of the model "${model}" has passed its gates.`, `Name a version to use it all the same: ${model}@${newest}.`);
}
