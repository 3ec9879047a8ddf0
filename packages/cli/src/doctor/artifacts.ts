import { MillraceError, type ArtifactStore, type Digest, type StoredArtifact } from "@millrace/core";
import { allRecords, artifactsOfVersion, formatBytes, type Engine } from "@millrace/core/engine";
import { counted } from "../print/counted.js";
import { ok, wrong, type Finding } from "./finding.js";
import { ofWhatRunsLeft } from "./untouched.js";

/** The error of an artifact whose bytes are not its own; null where they are. */
async function damageOf(artifacts: ArtifactStore, id: Digest): Promise<MillraceError | null> {
  try {
    for await (const _ of artifacts.get(id));
    return null;
  } catch (error) {
    if (MillraceError.is(error, "ARTIFACT_DAMAGED")) return error;
    // Another process removed it between two looks.
    if (MillraceError.is(error, "ARTIFACT_MISSING")) return null;
    throw error;
  }
}

/** Which of the artifacts are hashed: all of them, or those that are not as the records of their tasks remember them. */
async function suspects({ store }: Engine, all: readonly StoredArtifact[], isDeep: boolean): Promise<readonly Digest[]> {
  if (isDeep) return all.map(({ id }) => id);
  const stamps = new Map<string, Set<string>>();
  for (const { value } of await allRecords(store, "task")) for (const [id, stamp] of Object.entries(value.stamps)) stamps.set(id, (stamps.get(id) ?? new Set()).add(stamp));
  return all.filter(({ id, stamp }) => stamps.has(id) && !stamps.get(id)!.has(stamp)).map(({ id }) => id);
}

/** Artifacts that versions are made of must be there; those of tasks may have gone, and are made again. */
async function missing({ store }: Engine, all: readonly StoredArtifact[]): Promise<readonly Finding[]> {
  const there = new Set(all.map(({ id }) => id));
  const models = await allRecords(store, "model");
  return models.flatMap(({ id, value }) => {
    const gone = artifactsOfVersion(value).filter((digest) => !there.has(digest));
    return gone.length === 0 ? [] : [wrong(`The version ${id} lacks ${gone.length} of its artifacts: ${gone.join(", ")}.`, "Restore them from a copy of the artifacts, or run with the config that made the version.")];
  });
}

export const artifacts = ofWhatRunsLeft("artifacts", async (engine, isDeep) => {
  const all: StoredArtifact[] = [];
  for await (const each of engine.artifacts.list()) all.push(each);
  const hashed = await suspects(engine, all, isDeep);
  const damaged: Finding[] = [];
  for (const id of hashed) {
    const error = await damageOf(engine.artifacts, id);
    if (error !== null) damaged.push(wrong(error.message, error.mend));
  }
  const size = formatBytes(all.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0));
  return [ok(`${counted(all.length, "artifact")}, ${size}; ${isDeep ? "all" : hashed.length} hashed.`), ...damaged, ...(await missing(engine, all))];
});
