import type { Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { Remark } from "../../contracts/remark.js";
import type { ResolvedModel, Use } from "../../contracts/resolved.js";
import type { Runtime } from "../../contracts/runtime.js";
import type { Step, StepContext } from "../../contracts/step.js";
import type { Problem } from "../../contracts/trainer.js";
import type { Transform } from "../../contracts/transform.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { decode } from "../../fold/encode.js";
import { select, withColumns } from "../../frame/take.js";
import { predictionField } from "../../graph/lower.js";
import { signatureOf } from "../../graph/read.js";
import { putBytes, putJson, readBytes, readJson } from "../../record/artifact-bytes.js";
import { openFrames } from "../data/frames.js";
import { requireProblem } from "../data/require-problem.js";
import { openSplit } from "../data/sides.js";
import { targetField } from "../data/target.js";
import { usesOf } from "../data/uses.js";
import type { FeaturesManifest } from "../features/manifest.js";
import { sideBatches, type SideView } from "../features/training-batches.js";
import { composeModel, type AfterTransform, type ModelParts } from "../model/compose.js";
import { placeOf, promisedBehind, type AfterPlace } from "../model/place-after.js";
import { remarksOf } from "../model/remarks.js";

interface AfterOptions {
  readonly columns: Pick<ResolvedModel["columns"], "key" | "group" | "target" | "weight">;
  readonly places: readonly AfterPlace[];
}

/** What `afterStep` does. */
export const runAfter: Step["run"] = async (task, context) => {
  const options = task.options as unknown as AfterOptions;
  const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
  const split = await openSplit(context.artifacts, task.inputs["split"]!);
  const features = await readJson<FeaturesManifest>(context.artifacts, task.inputs["features"]!);
  const problem = requireProblem(split.manifest.problem);
  const trainer = await context.create("trainer", task.uses["train"] as Use<"trainer">);
  const runtime = await context.create("runtime", task.uses["runtime"] as Use<"runtime">);
  const uses = usesOf<"transform">(task, "after");
  const transforms = await Promise.all(uses.map((use) => context.create("transform", use)));
  const state = decode(await readBytes(context.artifacts, task.inputs["state"]!));
  const inverse = features.inverse === null ? null : await readBytes(context.artifacts, features.inverse);
  const base = { name: task.id.split("/")[0]!, features, featureOnnx: await readBytes(context.artifacts, features.graph), trainer, state, problem, inverse };
  const view: SideView = { frames, split, columns: options.columns, crossFit: false };
  let after: readonly AfterTransform[] = [];
  for (const [index, transform] of transforms.entries()) {
    if (transform.learnsFrom === "target-only") continue;
    const place = placeOf(options.places[index]!, problem);
    after = [...after, { ...place, where: `after[${index}] (${uses[index]!.name})`, transform, state: await fitBehind({ ...base, after }, transform, place, view, runtime, context) }];
  }
  const remarks = remarksBehind(await readJson<readonly Remark[]>(context.artifacts, task.inputs["remarks"]!), after, problem);
  return {
    outputs: { model: await putBytes(context.artifacts, composeModel({ ...base, after })), remarks: await putJson(context.artifacts, remarks as unknown as Json) },
    ledger: null,
    summary: { after: transforms.length, remarks: after.flatMap(({ state: learnt }) => remarksOf(learnt).map(({ sentence }) => sentence)) },
  };
};

/** What is still to be said of the model, and what is new. */
function remarksBehind(before: readonly Remark[], fitted: readonly AfterTransform[], problem: Problem): readonly Remark[] {
  const isLearntAnew = fitted.some((one) => one.transform.learnsFrom === "target" && givesMain(one, problem));
  const kept = before.filter(({ about }) => about !== "probabilities" || !isLearntAnew);
  const judged: Remark = { about: "after", sentence: "What stands behind the model was fitted on the validation rows: judge it on the test part." };
  return [...kept, ...fitted.flatMap(({ state }) => remarksOf(state)), ...(fitted.length > 0 ? [judged] : [])];
}

/** Whether the transform's result takes the place of the model's own value. */
function givesMain({ transform, ...place }: AfterTransform, problem: Problem): boolean {
  const main = predictionField(problem);
  return place.from.includes(main.name) && promisedBehind(transform, place, place.from.map((name) => ({ ...main, name })), problem).some(({ name }) => name === main.name);
}

/** Fits a transform on what the model so far predicts for the validation rows, which it has not learnt from. */
async function fitBehind(parts: ModelParts, transform: Transform, { from }: AfterPlace, view: SideView, runtime: Runtime, context: StepContext): Promise<unknown> {
  if (view.split.manifest.rows.validation === 0)
    throw new MillraceError({ code: "AFTER_NO_VALIDATION", message: "`after` learns from validation rows, and the split leaves none.", mend: "Give the split a validation share or window." });
  const onnx = composeModel(parts);
  await using predictor = await runtime.load({ onnx, signature: signatureOf(onnx)! });
  const fields = from.map((name) => predictor.output.find((field) => field.name === name) ?? predictionField(parts.problem));
  const fold = transform.fit(fields, targetField(parts.problem));
  let partial = fold.start() as unknown;
  for await (const { frame } of sideBatches(view, "validation")) {
    const predicted = await predictor.predict(frame);
    partial = fold.add(partial, withRoles(select(predicted, from), frame));
    await context.progress(null, "validation predictions");
  }
  return fold.finish(partial);
}

function withRoles(predicted: Frame, frame: Frame): Frame {
  const roles = frame.fields.filter(({ name }) => name === "$target" || name === "$weight");
  return withColumns(predicted, roles, roles.map(({ name }) => frame.column(name)));
}
