import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import type { CheckpointRecord } from "../contracts/entities.js";
import type { Watch } from "../contracts/executor.js";
import type { Checkpoints } from "../contracts/step.js";
import type { Store } from "../contracts/store.js";
import type { Task } from "../contracts/task.js";
import { MillraceError } from "../errors/millrace-error.js";
import { putBytes, readBytes } from "../record/artifact-bytes.js";
import { commitUnlessMoved } from "../record/commit-unless-moved.js";

/** A task's checkpoints, where it runs: artifacts, of which it tells whoever watches. */
export function taskCheckpoints({ checkpoint }: Task, artifacts: ArtifactStore, watch: Watch): Checkpoints {
  return {
    async last() {
      if (checkpoint === undefined) return null;
      try {
        return await readBytes(artifacts, checkpoint);
      } catch (error) {
        // One that was collected or damaged is none.
        if (MillraceError.is(error, "ARTIFACT_MISSING") || MillraceError.is(error, "ARTIFACT_DAMAGED")) return null;
        throw error;
      }
    },
    async keep(bytes) {
      await watch.event({ kind: "checkpoint", artifact: await putBytes(artifacts, bytes) });
    },
  };
}

/** The newest checkpoint under a key, where the run is. */
export async function lastCheckpoint(store: Store, key: Digest): Promise<Digest | null> {
  return (await store.get("checkpoint", key))?.value.artifact ?? null;
}

/** Keeps or, as null, forgets a task's newest checkpoint. Two runs of one key keep what they like: each of their checkpoints is one of the same training. */
export async function setCheckpoint(store: Store, { id: task, key }: Pick<Task, "id" | "key">, checkpoint: Omit<CheckpointRecord, "task"> | null): Promise<void> {
  for (;;) {
    const found = await store.get("checkpoint", key);
    if (found === null && checkpoint === null) return;
    if (await commitUnlessMoved(store, [{ entity: "checkpoint", id: key, expect: found?.revision ?? null, value: checkpoint === null ? null : { task, ...checkpoint } }])) return;
  }
}
