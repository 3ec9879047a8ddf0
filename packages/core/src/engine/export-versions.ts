import { mkdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { TaskOutcome } from "../contracts/entities.js";
import type { Store } from "../contracts/store.js";
import { modelVersionId } from "../record/model-versions.js";
import { readBytes } from "../record/artifact-bytes.js";
import { scratchName } from "../record/scratch.js";

/** Where a person finds a version's files. */
export function versionFolder(home: string, model: string, version: number): string {
  return join(home, "models", model, String(version));
}

/** Lays the card, the certificate and the ONNX file of each version that a run registered where a person finds them; the artifacts stay the truth. */
export async function exportVersions({ store, artifacts, context }: { readonly store: Store; readonly artifacts: ArtifactStore; readonly context: { readonly home: string } }, outcomes: readonly TaskOutcome[]): Promise<void> {
  for (const { step, status, summary } of outcomes) {
    if (step !== "register" || (status !== "succeeded" && status !== "reused")) continue;
    const { model, version } = summary as { readonly model: string; readonly version: number };
    const folder = versionFolder(context.home, model, version);
    const record = await store.get("model", modelVersionId(model, version));
    if (record === null) continue;
    await mkdir(folder, { recursive: true });
    for (const [name, digest] of [["card.md", record.value.card], ["certificate.json", record.value.certificate], ["model.onnx", record.value.onnx]] as const) {
      if (await isThere(join(folder, name))) continue;
      // A name of this process: two runs that end together lay down the same files.
      const written = join(context.home, "tmp", scratchName(name));
      await mkdir(join(context.home, "tmp"), { recursive: true });
      await writeFile(written, await readBytes(artifacts, digest));
      await rename(written, join(folder, name));
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
