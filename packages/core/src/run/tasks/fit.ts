import type { Digest } from "../../contracts/digest.js";
import type { Json } from "../../contracts/json.js";
import type { Step, StepContext } from "../../contracts/step.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { digestOf } from "../../fold/digest.js";
import { putBytes, putJson } from "../../record/artifact-bytes.js";
import { featureGraph } from "../features/feature-graph.js";
import { fitFeatures, type Pass } from "../features/fit-features.js";
import { passOver } from "../features/fold-fit.js";
import type { FitPasses } from "../features/level.js";
import type { FeaturesManifest } from "../features/manifest.js";
import { prepareFit } from "../features/prepare-fit.js";
import type { Scope, Slot } from "../features/scope.js";
import { seenOf } from "../features/seen.js";
import { CROSS_PARTS } from "../features/training-batches.js";
import { remarksOf } from "../model/remarks.js";
import { targetInverse } from "../model/target-inverse.js";

/** What `fitStep` does. */
export const runFit: Step["run"] = async (task, context) => {
  const { split, features: passes, target, unused } = await prepareFit(task, context);
  const { fitted, beside } = await fitFeatures(passes, passOver(task, "features", context.coordinator!));
  const outputs = featureSlots(passes.scope);
  const graph = (cross: number | null) => featureGraph(task.id, passes.raw, fitted, outputs, cross, ({ field }) => field.name);
  const full = graph(null);
  const cross = passes.crossFit ? await Promise.all(Array.from({ length: CROSS_PARTS }, (_, part) => putBytes(context.artifacts, graph(part).onnx))) : null;
  const fittedTarget = target === null ? null : await fitTarget(target, passOver(task, "target", context.coordinator!), context);
  const manifest: FeaturesManifest = {
    inputs: full.signature.inputs, outputs: full.signature.outputs, graph: digestOf(full.onnx), cross,
    target: fittedTarget?.forward ?? null, inverse: fittedTarget?.inverse ?? null, seen: seenOf(full.signature.inputs, beside), unused,
    remarks: fitted.flatMap(({ state }) => remarksOf(state)),
  };
  const [, features] = await Promise.all([putBytes(context.artifacts, full.onnx), putJson(context.artifacts, manifest as unknown as Json)]);
  const { train } = split.rows;
  return {
    outputs: {
      features, graph: manifest.graph,
      ...Object.fromEntries((cross ?? []).map((digest, part) => [`cross.${part}`, digest])),
      ...(fittedTarget === null ? {} : { target: fittedTarget.forward, inverse: fittedTarget.inverse }),
    },
    ledger: { rowsIn: train, rowsOut: train, dropped: [] },
    summary: { features: manifest.outputs.length, depth: passes.scope.depth, crossFitted: passes.crossFit, inputs: manifest.inputs.length },
  };
};

/** What is in scope at the end and was made by a transform, in the order of the transforms. */
function featureSlots(scope: Scope): readonly Slot[] {
  const last = new Set([...scope.slots.values()].map(({ id }) => id));
  const made = scope.placed.flatMap(({ outputs }) => outputs).filter(({ id }) => last.has(id));
  const useful = made.filter(({ field }) => field.dtype !== "string");
  if (useful.length === 0) throw new MillraceError({ code: "FEATURE_NONE", message: "No feature reaches the trainer.", mend: "Add some under `features`, or set columns.rest to \"use\"." });
  return useful;
}

/** The graphs of the target's transforms, forward for training and back for behind the model. */
async function fitTarget(passes: FitPasses, pass: Pass, { artifacts }: StepContext): Promise<{ readonly forward: Digest; readonly inverse: Digest }> {
  const { fitted } = await fitFeatures(passes, pass);
  const slot = passes.scope.slots.get("$target")!;
  const { onnx } = featureGraph(passes.name, passes.raw, fitted, [slot], null, () => "$target");
  const inverse = targetInverse(passes.name, fitted);
  return { forward: await putBytes(artifacts, onnx), inverse: await putBytes(artifacts, inverse) };
}
