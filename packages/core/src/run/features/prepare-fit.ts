import type { Field } from "../../contracts/frame.js";
import type { ResolvedModel, TransformUse, Use } from "../../contracts/resolved.js";
import type { StepContext } from "../../contracts/step.js";
import type { Task } from "../../contracts/task.js";
import type { Transform } from "../../contracts/transform.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { openFrames } from "../data/frames.js";
import { openSplit, type SplitManifest } from "../data/sides.js";
import { targetField } from "../data/target.js";
import { usesOf } from "../data/uses.js";
import { checkAfter } from "../model/check-after.js";
import type { AfterPlace } from "../model/place-after.js";
import type { FitPasses } from "./level.js";
import { isFeatureColumn, restOf } from "./rest.js";
import { placeTransforms, rawSlots, type Scope } from "./scope.js";
import { seenFolds } from "./seen.js";

export interface FitOptions {
  readonly columns: ResolvedModel["columns"];
  readonly features: readonly Pick<TransformUse, "from" | "as">[];
  readonly after: readonly AfterPlace[];
}

interface Placed {
  readonly use: TransformUse;
  readonly transform: Transform;
}

/** What a fit is made of: whoever folds a part of the data makes the same of the same task. */
export interface PreparedFit {
  readonly split: SplitManifest;
  readonly features: FitPasses;
  /** Transforms of the target itself; null where there are none. */
  readonly target: FitPasses | null;
  /** Columns that are no features, because nothing says how. */
  readonly unused: readonly string[];
}

export async function prepareFit(task: Task, context: StepContext): Promise<PreparedFit> {
  const { columns, features, after } = task.options as unknown as FitOptions;
  const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
  const split = await openSplit(context.artifacts, task.inputs["split"]!);
  const raw = frames.manifest.fields;
  const named = await placedUses(usesOf<"transform">(task, "features"), features, context);
  const rest = restOf(raw, new Set(named.flatMap(({ use }) => use.from)), columns);
  const scope = placeTransforms(rawSlots(raw), [...named, ...rest.transforms], "features");
  refuseRoles(named, columns);
  const crossFit = scope.placed.some(({ transform }) => transform.learnsFrom === "target");
  const problem = split.manifest.problem;
  if (problem === null && scope.placed.some(({ transform }) => transform.learnsFrom !== "inputs"))
    throw new MillraceError({ code: "FEATURE_NO_TARGET", message: "A feature learns from the target, and the model has none.", mend: "Set columns.target, or remove the feature." });
  const behind = await placedUses(usesOf<"transform">(task, "after"), after, context);
  if (problem !== null) checkAfter(behind.map(({ use, transform }) => ({ transform, place: use })), problem);
  const runtime = () => context.create("runtime", task.uses["runtime"] as Use<"runtime">);
  const target = problem === null ? null : targetField(problem);
  const passes: FitPasses = { name: task.id, raw, scope, target, crossFit, runtime, view: { frames, split, columns, crossFit }, beside: seenFolds(inputFields(raw, scope).filter(({ name }) => !columns.pii.includes(name))) };
  return { split: split.manifest, features: passes, target: await targetPasses(task, passes, context), unused: rest.unused };
}

/** Transforms of the target itself stand in `after`, whose inverse they are; they learn here, from the training rows. */
async function targetPasses(task: Task, passes: FitPasses, context: StepContext): Promise<FitPasses | null> {
  const uses = usesOf<"transform">(task, "after");
  const all = await placedUses(uses, uses.map(() => ({ from: ["$target"], as: null })), context);
  const own = all.map((one, at) => ({ ...one, at })).filter(({ transform }) => transform.learnsFrom === "target-only");
  if (own.length === 0 || passes.target === null) return null;
  const raw = [passes.target];
  const scope = placeTransforms(rawSlots(raw), own, "after");
  return { ...passes, name: `${task.id} target`, raw, scope, target: null, crossFit: false, beside: new Map() };
}

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
