import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import type { TaskRecord } from "../contracts/entities.js";
import type { Store, Stored } from "../contracts/store.js";
import { artifactState, stampsOf, type ArtifactState } from "../record/artifact-state.js";
import { commitUnlessMoved } from "../record/commit-unless-moved.js";

/** A record, and whether what it names may be taken for what it was. */
export interface CachedRecord {
  readonly record: TaskRecord;
  readonly state: ArtifactState;
}

/** The record of a key, and the state of its artifacts. */
export async function cachedRecord(store: Store, artifacts: ArtifactStore, key: Digest): Promise<CachedRecord | null> {
  const stored = await store.get("task", key);
  return stored === null ? null : { record: stored.value, state: await stateOf(store, artifacts, stored) };
}

/** Where artifacts had to be hashed and are whole, the record gets the stamps that they have now, so that nobody need hash them again. */
async function stateOf(store: Store, artifacts: ArtifactStore, stored: Stored<TaskRecord>): Promise<ArtifactState> {
  const { state, found } = await artifactState(artifacts, stored.value);
  if (state.is === "whole" && Object.entries(found).some(([id, stamp]) => stored.value.stamps[id] !== stamp)) await replaced(store, stored.id as Digest, stored, { ...stored.value, stamps: found });
  return state;
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
    if (found !== null && (await stateOf(store, artifacts, found)).is === "whole") return found.value;
    if (await replaced(store, key, found, value)) return value;
  }
}

function replaced(store: Store, key: Digest, found: Stored<TaskRecord> | null, value: TaskRecord): Promise<boolean> {
  return commitUnlessMoved(store, [{ entity: "task", id: key, expect: found?.revision ?? null, value }]);
}
