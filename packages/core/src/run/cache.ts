import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import type { TaskRecord } from "../contracts/entities.js";
import type { Store, Stored } from "../contracts/store.js";
import { MillraceError } from "../errors/millrace-error.js";
import { artifactState, stampsOf, type ArtifactState } from "../record/artifact-state.js";

/** A record, and whether what it names may be taken for what it was. */
export interface CachedRecord {
  readonly record: TaskRecord;
  /** `gone` and `altered`: at least one artifact is. */
  readonly state: ArtifactState;
}

/** The record of a key, and the state of its artifacts. */
export async function cachedRecord(store: Store, artifacts: ArtifactStore, key: Digest): Promise<CachedRecord | null> {
  const stored = await store.get("task", key);
  return stored === null ? null : { record: stored.value, state: await artifactState(artifacts, stored.value) };
}

/** The newest record of a task, whatever its key. */
export async function lastRecord(store: Store, task: string): Promise<TaskRecord | null> {
  const [newest] = await store.find("task", { where: { task }, order: { member: "finishedAt", direction: "descending" }, limit: 1 });
  return newest?.value ?? null;
}

/** Keeps a finished task under its key, with the stamps of its artifacts. First commit wins: who comes second gets the first one's record; a record whose artifacts are gone or altered is replaced. */
export async function commitRecord(store: Store, artifacts: ArtifactStore, key: Digest, record: Omit<TaskRecord, "stamps">): Promise<TaskRecord> {
  const value: TaskRecord = { ...record, stamps: await stampsOf(artifacts, Object.values(record.outputs)) };
  for (;;) {
    const found = await store.get("task", key);
    if (found !== null && (await artifactState(artifacts, found.value)) === "whole") {
      await refreshStamps(store, artifacts, key);
      return found.value;
    }
    if (await replaced(store, key, found, value)) return value;
  }
}

/** Artifacts that were put again since, or copied, have other stamps and the right bytes, which were hashed: the next look need not hash them again. Who comes second leaves it. */
export async function refreshStamps(store: Store, artifacts: ArtifactStore, key: Digest): Promise<void> {
  const found = await store.get("task", key);
  if (found === null) return;
  const stamps = await stampsOf(artifacts, Object.values(found.value.outputs));
  if (Object.entries(stamps).every(([id, stamp]) => found.value.stamps[id] === stamp)) return;
  await replaced(store, key, found, { ...found.value, stamps });
}

async function replaced(store: Store, key: Digest, found: Stored<TaskRecord> | null, value: TaskRecord): Promise<boolean> {
  try {
    await store.commit([{ entity: "task", id: key, expect: found?.revision ?? null, value }]);
    return true;
  } catch (error) {
    if (!MillraceError.is(error, "STORE_CONFLICT")) throw error;
    return false;
  }
}
