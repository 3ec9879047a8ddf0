import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { TaskOutcome } from "../contracts/entities.js";
import type { Store } from "../contracts/store.js";
import { modelVersionId } from "../record/model-versions.js";
import { layCopies } from "./exported-copies.js";

/** Lays the card, the certificate and the ONNX file of each version that a run registered where a person finds them; the artifacts stay the truth. */
export async function exportVersions({ store, artifacts, context }: { readonly store: Store; readonly artifacts: ArtifactStore; readonly context: { readonly home: string } }, outcomes: readonly TaskOutcome[]): Promise<void> {
  for (const { step, status, summary } of outcomes) {
    if (step !== "register" || (status !== "succeeded" && status !== "reused")) continue;
    const { model, version } = summary as { readonly model: string; readonly version: number };
    const record = await store.get("model", modelVersionId(model, version));
    if (record !== null) await layCopies(context.home, artifacts, record.value);
  }
}
