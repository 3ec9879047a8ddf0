import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import type { TaskRecord } from "../contracts/entities.js";
import type { Store } from "../contracts/store.js";
import { MillraceError } from "../errors/millrace-error.js";

/** The record of a key, and whether every artifact that it names is still there. */
export async function cachedRecord(store: Store, artifacts: ArtifactStore, key: Digest): Promise<{ readonly record: TaskRecord; readonly isWhole: boolean } | null> {
  const stored = await store.get("task", key);
  return stored === null ? null : { record: stored.value, isWhole: await isWhole(stored.value, artifacts) };
}

async function isWhole({ outputs }: TaskRecord, artifacts: ArtifactStore): Promise<boolean> {
  const there = await Promise.all(Object.values(outputs).map((digest) => artifacts.has(digest)));
  return there.every(Boolean);
}

/** The newest record of a task, whatever its key. */
export async function lastRecord(store: Store, task: string): Promise<TaskRecord | null> {
  const [newest] = await store.find("task", { where: { task }, order: { member: "finishedAt", direction: "descending" }, limit: 1 });
  return newest?.value ?? null;
}

/** Keeps a finished task under its key. First commit wins: who comes second gets the first one's record; a record whose artifacts are gone is replaced. */
export async function commitRecord(store: Store, artifacts: ArtifactStore, key: Digest, record: TaskRecord): Promise<TaskRecord> {
  for (;;) {
    const found = await store.get("task", key);
    if (found !== null && (await isWhole(found.value, artifacts))) return found.value;
    try {
      await store.commit([{ entity: "task", id: key, expect: found?.revision ?? null, value: record }]);
      return record;
    } catch (error) {
      if (!MillraceError.is(error, "STORE_CONFLICT")) throw error;
    }
  }
}
