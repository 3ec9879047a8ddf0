import type { ArtifactStore } from "../../contracts/artifact-store.js";
import type { Batches, Frame, Rows } from "../../contracts/frame.js";
import type { Predictor, Runtime } from "../../contracts/runtime.js";
import { field } from "../../frame/frame.js";
import { withColumns } from "../../frame/take.js";
import { readBytes } from "../../record/artifact-bytes.js";
import type { UsedSide } from "../data/sides.js";
import type { FeaturesManifest } from "./manifest.js";
import { sideBatches, type SideView } from "./training-batches.js";

/** Predictors of a fitted feature pipeline, loaded once. */
export interface FeatureMaker extends AsyncDisposable {
  /** Features, `$target` (as the trainer learns it), `$weight` and `$group` of a side's rows. `plain`: the target as it is. */
  rows(view: SideView, side: UsedSide, plain?: boolean): Rows;
}

/** Opens the graphs behind a manifest: the training side sees cross-fitted features, the others those of all parts. */
export async function featureMaker(artifacts: ArtifactStore, runtime: Runtime, manifest: FeaturesManifest): Promise<FeatureMaker> {
  const open = async (digest: FeaturesManifest["graph"], inputs = manifest.inputs, outputs = manifest.outputs) =>
    runtime.load({ onnx: await readBytes(artifacts, digest), signature: { name: "features", inputs, outputs, problem: null, seen: {} } });
  const full = await open(manifest.graph);
  const cross = manifest.cross === null ? null : await Promise.all(manifest.cross.map((digest) => open(digest)));
  const targetField = field("$target", "float64");
  const target = manifest.target === null ? null : await open(manifest.target, [targetField], [targetField]);
  const only = new Set(manifest.inputs.map(({ name }) => name));
  return {
    rows: (view, side, plain = false) => ({
      count: view.split.manifest.rows[side],
      async *read(signal: AbortSignal): Batches {
        const crossFit = side === "train" && cross !== null;
        for await (const batch of sideBatches({ ...view, crossFit, only }, side)) {
          signal.throwIfAborted();
          const features = await (crossFit ? cross[batch.cross!]! : full).predict(batch.frame);
          yield withRolesOf(features, batch.frame, target === null || plain ? null : target);
        }
      },
    }),
    async [Symbol.asyncDispose]() {
      for (const predictor of [full, ...(cross ?? []), ...(target === null ? [] : [target])]) await predictor[Symbol.asyncDispose]();
    },
  };
}

/** The features with the batch's `$` columns, its target passed through the target's transforms. */
async function withRolesOf(features: Frame, batch: Frame, target: Predictor | null): Promise<Frame> {
  const roles = batch.fields.filter(({ name }) => name === "$target" || name === "$weight" || name === "$group");
  const changed = target === null ? null : await target.predict(batch);
  return withColumns(features, roles, roles.map(({ name }) => (name === "$target" && changed !== null ? changed.column(name) : batch.column(name))));
}
