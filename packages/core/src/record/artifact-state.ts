import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import type { TaskRecord } from "../contracts/entities.js";
import { MillraceError } from "../errors/millrace-error.js";

/** `whole`: all are there, with the stamps that they had, or with their bytes where the stamps are others. */
export type ArtifactState = "whole" | "gone" | "altered";

/** The stamp of each artifact that is there. */
export async function stampsOf(artifacts: ArtifactStore, ids: readonly Digest[]): Promise<Readonly<Record<string, string>>> {
  const stamps: Record<string, string> = {};
  for await (const { id, stamp } of artifacts.list(ids)) stamps[id] = stamp;
  return stamps;
}

/**
 * What has become of the artifacts that a record names, and their stamps now. One whose stamp is the record's is not read. Any other is hashed:
 * it may have been put again, or copied with its folder, and then is whole; or something wrote to it, and then it is altered. Stamps are taken
 * before bytes are hashed, so that what is written to meanwhile has another one.
 */
export async function artifactState(artifacts: ArtifactStore, { outputs, stamps }: Pick<TaskRecord, "outputs" | "stamps">): Promise<{ readonly state: ArtifactState; readonly found: Readonly<Record<string, string>> }> {
  const ids = [...new Set(Object.values(outputs))];
  const found = await stampsOf(artifacts, ids);
  if (ids.some((id) => found[id] === undefined)) return { state: "gone", found };
  for (const id of ids) if (found[id] !== stamps[id] && !(await isIntact(artifacts, id))) return { state: "altered", found };
  return { state: "whole", found };
}

/** Whether the bytes of an artifact have its digest: reads all of them. */
export async function isIntact(artifacts: ArtifactStore, id: Digest): Promise<boolean> {
  try {
    for await (const _ of artifacts.get(id));
    return true;
  } catch (error) {
    if (MillraceError.is(error, "ARTIFACT_DAMAGED") || MillraceError.is(error, "ARTIFACT_MISSING")) return false;
    throw error;
  }
}
