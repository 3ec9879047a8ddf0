import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { ModelVersion } from "../contracts/model.js";
import { readJson } from "./artifact-bytes.js";

/** The columns that a version's definition marks as personal (`columns.pii`). */
export async function personalColumns(artifacts: ArtifactStore, { lineage }: Pick<ModelVersion, "lineage">): Promise<readonly string[]> {
  const { definition } = await readJson<{ readonly definition?: { readonly columns?: { readonly pii?: readonly string[] } } }>(artifacts, lineage);
  return definition?.columns?.pii ?? [];
}
