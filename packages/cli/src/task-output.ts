import { MillraceError, readJson, type Digest, type TaskOutcome } from "@millrace/core/plugin";
import type { Engine } from "@millrace/core/engine";

/** The artifact that a task left under a name; null where it did not end well, or leaves none of that name. */
export async function outputOf({ store }: Engine, outcome: TaskOutcome | undefined, output: string): Promise<Digest | null> {
  if (outcome === undefined || outcome.key === null || (outcome.status !== "succeeded" && outcome.status !== "reused")) return null;
  return (await store.get("task", outcome.key))?.value.outputs[output] ?? null;
}

/** Null where the artifact is gone: a report tells what there is. */
export async function readOrNull<T>({ artifacts }: Engine, digest: Digest): Promise<T | null> {
  try {
    return await readJson<T>(artifacts, digest);
  } catch (error) {
    if (MillraceError.is(error, "ARTIFACT_MISSING")) return null;
    throw error;
  }
}
