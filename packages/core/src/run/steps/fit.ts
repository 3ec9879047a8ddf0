import type { Field } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { ResolvedModel, TransformUse, Use } from "../../contracts/resolved.js";
import type { Step, StepContext } from "../../contracts/step.js";
import type { Task } from "../../contracts/task.js";
import type { Transform } from "../../contracts/transform.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { encode } from "../../fold/encode.js";
import { field } from "../../frame/frame.js";
import { putBytes, putJson } from "../../record/artifact-bytes.js";
import { openFrames } from "../data/frames.js";
import { requireColumns } from "../data/numbered.js";
import { openSplit } from "../data/sides.js";
import { slots, usesOf } from "../data/uses.js";
import { crossValidationSuffixes } from "../data/variants.js";
import { featureGraph, type FittedTransform } from "../features/feature-graph.js";
import { fitFeatures, type FitPasses } from "../features/fit-features.js";
import type { FeaturesManifest } from "../features/manifest.js";
import { isFeatureColumn, restOf } from "../features/rest.js";
import { placeTransforms, rawSlots, type Scope, type Slot } from "../features/scope.js";
import { seenFolds, seenOf } from "../features/seen.js";
import { CROSS_PARTS, sideBatches, type SideView } from "../features/training-batches.js";

export interface FitOptions {
  readonly columns: ResolvedModel["columns"];
  readonly features: readonly Pick<TransformUse, "from" | "as">[];
}

interface Placed {
  readonly use: TransformUse;
  readonly transform: Transform;
}

/** Learns the features from the training rows, and leaves the graph that turns raw columns into them. */
export const fitStep: Step = {
  place: "executor",
  plan: (model, tasks) => [
    ...tasks,
    ...["", ...crossValidationSuffixes(model)].map((suffix) => ({
      id: `${model.name}/fit${suffix}`,
      step: "fit",
      inputs: { frames: { task: `${model.name}/read`, output: "frames" }, split: { task: `${model.name}/split${suffix}`, output: "split" } },
      options: { columns: model.columns, features: model.features.map(({ from, as }) => ({ from, as })) } as unknown as Json,
      uses: { runtime: model.runtime, ...slots("features", model.features.map(({ use }) => use)), ...slots("after", model.after.map(({ use }) => use)) },
      after: [`${model.name}/check`],
    })),
  ],
  async run(task, context) {
    const { columns, features } = task.options as unknown as FitOptions;
    const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
    const split = await openSplit(context.artifacts, task.inputs["split"]!);
    const raw = frames.manifest.fields;
    requireColumns(raw, Object.fromEntries(columns.ignore.map((name, index) => [`columns.ignore[${index}]`, name])));
    const named = await placedUses(usesOf<"transform">(task, "features"), features, context);
    const rest = restOf(raw, new Set(named.flatMap(({ use }) => use.from)), columns);
    const scope = placeTransforms(rawSlots(raw), [...named, ...rest.transforms], "features");
    refuseRoles(named, columns);
    const crossFit = scope.placed.some(({ transform }) => transform.learnsFrom === "target");
    const problem = split.manifest.problem;
    if (problem === null && scope.placed.some(({ transform }) => transform.learnsFrom !== "inputs"))
      throw new MillraceError({ code: "FEATURE_NO_TARGET", message: "A feature learns from the target, and the model has none.", mend: "Set columns.target, or remove the feature." });
    const runtime = await context.create("runtime", task.uses["runtime"] as Use<"runtime">);
    const view: SideView = { frames, split, columns, crossFit };
    const targetField = problem === null ? null : field("$target", problem.kind === "multiclass" ? "int32" : "float64", { categories: problem.kind === "multiclass" ? problem.classes : null });
    const inputs = inputFields(raw, scope);
    const passes: FitPasses = {
      name: task.id, raw, scope, target: targetField, crossFit, runtime, beside: seenFolds(inputs),
      batches: () => sideBatches(view, "train"),
      tick: (message) => context.progress(null, message),
    };
    const { fitted, beside } = await fitFeatures(passes);
    const outputs = featureSlots(scope);
    const full = featureGraph(task.id, raw, fitted, outputs, null, ({ field }) => field.name);
    const cross = crossFit ? await Promise.all(Array.from({ length: CROSS_PARTS }, (_, part) => putBytes(context.artifacts, featureGraph(task.id, raw, fitted, outputs, part, ({ field }) => field.name).onnx))) : null;
    const target = await fitTarget(task, passes, targetField, context);
    const manifest: FeaturesManifest = {
      inputs: full.signature.inputs, outputs: full.signature.outputs, graph: await putBytes(context.artifacts, full.onnx), cross,
      target: target?.graph ?? null, targetStates: target?.states ?? [], seen: seenOf(full.signature.inputs, beside), unused: rest.unused,
    };
    const train = split.manifest.rows.train;
    return {
      outputs: {
        features: await putJson(context.artifacts, manifest as unknown as Json), graph: manifest.graph,
        ...Object.fromEntries((cross ?? []).map((digest, part) => [`cross.${part}`, digest])),
        ...(manifest.target === null ? {} : { target: manifest.target }),
        ...Object.fromEntries(manifest.targetStates.map((digest, index) => [`targetState.${index}`, digest])),
      },
      ledger: { rowsIn: train, rowsOut: train, dropped: [] },
      summary: { features: manifest.outputs.length, depth: scope.depth, crossFitted: crossFit, inputs: manifest.inputs.length },
    };
  },
};

async function placedUses(uses: readonly Use<"transform">[], places: FitOptions["features"], context: StepContext): Promise<readonly Placed[]> {
  return Promise.all(uses.map(async (use, index) => ({ use: { use, from: places[index]!.from, as: places[index]!.as }, transform: await context.create("transform", use) })));
}

/** The target or a column of a row's fate as a feature is a leak, not a wish. */
function refuseRoles(named: readonly Placed[], columns: FitOptions["columns"]): void {
  for (const { use } of named)
    for (const name of use.from)
      if (name === columns.target || name === columns.weight || (!isFeatureColumn(name, columns) && columns.ignore.includes(name)))
        throw new MillraceError({ code: "FEATURE_ROLE", message: `The feature ${use.use.name} reads "${name}", which is ${name === columns.target ? "the target" : name === columns.weight ? "the weight" : "ignored"}.`, mend: `Take "${name}" out of the feature's \`from\`.` });
}

/** Raw columns that some feature reads. */
function inputFields(raw: readonly Field[], scope: Scope): readonly Field[] {
  const read = new Set(scope.placed.flatMap(({ inputs }) => inputs.filter(({ level }) => level === 0).map(({ id }) => id)));
  return raw.filter(({ name }) => read.has(name));
}

/** What is in scope at the end and was made by a transform, in the order of the transforms. */
function featureSlots(scope: Scope): readonly Slot[] {
  const last = new Set([...scope.slots.values()].map(({ id }) => id));
  const made = scope.placed.flatMap(({ outputs }) => outputs).filter(({ id }) => last.has(id));
  const useful = made.filter(({ field }) => field.dtype !== "string");
  if (useful.length === 0) throw new MillraceError({ code: "FEATURE_NONE", message: "No feature reaches the trainer.", mend: "Add some under `features`, or set columns.rest to \"use\"." });
  return useful;
}

/** Transforms of the target itself stand in `after`, whose inverse they are; they learn here, from the training rows. */
async function fitTarget(task: Task, passes: FitPasses, target: Field | null, context: StepContext): Promise<{ readonly graph: FeaturesManifest["graph"]; readonly states: FeaturesManifest["targetStates"] } | null> {
  const uses = usesOf<"transform">(task, "after");
  const all = await placedUses(uses, uses.map(() => ({ from: ["$target"], as: null })), context);
  const own = all.filter(({ transform }) => transform.learnsFrom === "target-only");
  if (own.length === 0 || target === null) return null;
  const raw = [target];
  const scope = placeTransforms(rawSlots(raw), own, "after");
  const { fitted } = await fitFeatures({ ...passes, name: `${task.id} target`, raw, scope, target: null, crossFit: false, beside: new Map() });
  const slot = scope.slots.get("$target")!;
  const { onnx } = featureGraph(`${task.id} target`, raw, fitted, [slot], null, () => "$target");
  const states = await Promise.all(fitted.map(({ state }: FittedTransform) => putBytes(context.artifacts, encode(state))));
  return { graph: await putBytes(context.artifacts, onnx), states };
}
