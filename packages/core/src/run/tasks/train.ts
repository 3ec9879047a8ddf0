import type { Json } from "../../contracts/json.js";
import type { Remark } from "../../contracts/remark.js";
import type { ResolvedModel, Use } from "../../contracts/resolved.js";
import type { Step } from "../../contracts/step.js";
import { encode } from "../../fold/encode.js";
import { putBytes, putJson, readBytes, readJson } from "../../record/artifact-bytes.js";
import { openFrames } from "../data/frames.js";
import { requireProblem } from "../data/require-problem.js";
import { openSplit } from "../data/sides.js";
import { featureMaker } from "../features/feature-rows.js";
import { lowering } from "../features/lowering.js";
import type { FeaturesManifest } from "../features/manifest.js";
import { composeModel } from "../model/compose.js";
import { remarksOf } from "../model/remarks.js";
import { trainingProgress } from "../model/training-progress.js";

interface TrainOptions {
  readonly columns: Pick<ResolvedModel["columns"], "key" | "group" | "target" | "weight">;
  /** A baseline learns the target as it is, and nothing stands behind it. */
  readonly baseline: boolean;
  /** The model of one part of cross-validation: what it would say of itself, the model of all rows says once. */
  readonly part?: true;
}

/** What `trainStep` does. */
export const runTrain: Step["run"] = async (task, context) => {
  const { columns, baseline, part = false } = task.options as unknown as TrainOptions;
  const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
  const split = await openSplit(context.artifacts, task.inputs["split"]!);
  const manifest = await readJson<FeaturesManifest>(context.artifacts, task.inputs["features"]!);
  const problem = requireProblem(split.manifest.problem);
  const runtime = await context.create("runtime", task.uses["runtime"] as Use<"runtime">);
  const trainer = await context.create("trainer", task.uses["train"] as Use<"trainer">);
  await using features = await featureMaker(context.artifacts, runtime, manifest);
  const view = { frames, split, columns, crossFit: manifest.cross !== null };
  const data = {
    problem,
    features: manifest.outputs,
    train: features.rows(view, "train", baseline),
    validation: split.manifest.rows.validation === 0 ? null : features.rows(view, "validation", baseline),
  };
  const { start, trace, progress } = await trainingProgress(context);
  const state = await trainer.train(data, start, progress);
  const remarks = [...(baseline ? [] : [...emptyInputs(manifest, data.train.count), ...manifest.remarks]), ...remarksOf(state)];
  // Whether probabilities are to be doubted, what stands behind the model may change: `register` tells.
  const notes = remarks.filter(({ about }) => !part && about !== "importance" && about !== "probabilities").map(({ sentence }) => sentence);
  const inverse = baseline || manifest.inverse === null ? null : await readBytes(context.artifacts, manifest.inverse);
  const featureOnnx = await readBytes(context.artifacts, manifest.graph);
  const model = lowering(`train (${task.uses["train"]!.name})`, () => composeModel({ name: task.id, features: manifest, featureOnnx, trainer, state, problem, inverse, after: [] }));
  return {
    outputs: { state: await putBytes(context.artifacts, encode(state)), model: await putBytes(context.artifacts, model), remarks: await putJson(context.artifacts, remarks as unknown as Json) },
    ledger: { rowsIn: data.train.count, rowsOut: data.train.count, dropped: [] },
    summary: { rows: data.train.count, iterations: trace.length, ...trace.at(-1), ...(notes.length === 0 ? {} : { remarks: notes }) } as Json,
  };
};

/** A column that is empty in every training row stays a feature: its values may come with time, and a model of that time will learn from them. */
function emptyInputs({ inputs, seen }: FeaturesManifest, rows: number): readonly Remark[] {
  const empty = inputs.filter(({ name }) => seen[name]?.missing === rows);
  return empty.map(({ name }) => ({ about: "training", sentence: `The column "${name}" holds no value in the training rows: this model has learnt nothing from it.` }));
}
