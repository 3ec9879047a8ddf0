import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import type { TaskRecord } from "../contracts/entities.js";
import { MillraceError } from "../errors/millrace-error.js";

export interface ArtifactState {
  /** `whole`: all are there, with the stamps that they had, or with their bytes where the stamps are others. */
  readonly is: "whole" | "gone" | "altered";
  /** The first output that is not; null where all are whole. */
  readonly output: string | null;
}

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
  const found = await stampsOf(artifacts, Object.values(outputs));
  const gone = Object.keys(outputs).find((output) => found[outputs[output]!] === undefined);
  if (gone !== undefined) return { state: { is: "gone", output: gone }, found };
  for (const [output, id] of Object.entries(outputs)) if (found[id] !== stamps[id] && !(await isIntact(artifacts, id))) return { state: { is: "altered", output }, found };
  return { state: { is: "whole", output: null }, found };
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
