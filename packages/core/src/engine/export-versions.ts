import { existsSync } from "node:fs";
import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { TaskOutcome } from "../contracts/entities.js";
import type { Store } from "../contracts/store.js";
import { MillraceError } from "../errors/millrace-error.js";
import { allRecords } from "../record/all-records.js";
import { modelVersionId } from "../record/model-versions.js";
import { layCopies } from "./exported-copies.js";
import { versionFolder } from "./version-folder.js";

interface Exporting {
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  readonly context: { readonly home: string };
}

/**
 * Lays the card, the certificate and the ONNX file of each version that a run gave where a person finds them; the artifacts stay the truth.
 * So it does for versions that aliases point to and whose folder is there, an older champion too: what something wrote to is whole again.
 */
export async function exportVersions({ store, artifacts, context: { home } }: Exporting, outcomes: readonly TaskOutcome[]): Promise<void> {
  const given = outcomes.flatMap(({ step, status, summary }) => (step === "register" && (status === "succeeded" || status === "reused") ? [idOf(summary as unknown as VersionName)] : []));
  const named = (await allRecords(store, "alias")).flatMap(({ value }) => (existsSync(versionFolder(home, value.model, value.version)) ? [idOf(value)] : []));
  for (const id of new Set([...given, ...named])) {
    const record = await store.get("model", id);
    if (record === null) continue;
    await layCopies(home, artifacts, record.value).catch((error: unknown) => {
      // The run has given its own; of an older version's artifact that is not whole any more, doctor tells.
      if (given.includes(id) || !MillraceError.is(error)) throw error;
    });
  }
}

interface VersionName {
  readonly model: string;
  readonly version: number;
}

function idOf({ model, version }: VersionName): string {
  return modelVersionId(model, version);
}
