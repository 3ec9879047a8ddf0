import type { Digest } from "../../contracts/digest.js";
import type { Frame } from "../../contracts/frame.js";
import type { Json } from "../../contracts/json.js";
import type { ResolvedModel, Use } from "../../contracts/resolved.js";
import type { Predictor, Runtime } from "../../contracts/runtime.js";
import type { Step, StepContext } from "../../contracts/step.js";
import type { Task } from "../../contracts/task.js";
import { concat, take } from "../../frame/take.js";
import { putJson } from "../../record/artifact-bytes.js";
import { valuedMetrics } from "../card/valued-metrics.js";
import { openFrames } from "../data/frames.js";
import { requireProblem } from "../data/require-problem.js";
import { openSplit, USED_SIDES, type UsedSide } from "../data/sides.js";
import { usesOf } from "../data/uses.js";
import type { Evaluation, Scores } from "../evaluate/evaluation.js";
import { withErrors, withErrorsByGroup } from "../evaluate/grouped-errors.js";
import { IMPORTANCE_ROWS, permutationImportance } from "../evaluate/importance.js";
import { loadJudged } from "../evaluate/judged-predictor.js";
import { metricSet, type MetricSet } from "../evaluate/metric-set.js";
import { slicer, withMaskedValues } from "../evaluate/slices.js";
import { sideBatches, type SideView } from "../features/training-batches.js";

interface EvaluateOptions {
  readonly columns: Pick<ResolvedModel["columns"], "key" | "group" | "target" | "weight">;
  readonly slices: readonly string[];
  /** Slice columns whose values nobody may read. */
  readonly masked: readonly string[];
  /** Whether the target is personal data. */
  readonly personalTarget: boolean;
  readonly baselines: readonly string[];
  readonly sides: readonly UsedSide[];
}

/** What `evaluateStep` does. */
export const runEvaluate: Step["run"] = async (task, context) => {
  const options = task.options as unknown as EvaluateOptions;
  const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
  const split = await openSplit(context.artifacts, task.inputs["split"]!);
  const problem = requireProblem(split.manifest.problem);
  const uses = usesOf<"metric">(task, "metrics");
  const metrics = await Promise.all(uses.map(async (use) => ({ name: use.name, metric: await context.create("metric", use) })));
  const plain = metricSet(metrics, problem, options.personalTarget);
  const { group } = options.columns;
  const set = group === null ? plain : withErrorsByGroup(plain, group);
  const view: SideView = { frames, split, columns: options.columns, crossFit: false };
  const runtime = await context.create("runtime", task.uses["runtime"] as Use<"runtime">);
  await using models = await loadModels(task, options, runtime, context);
  const scored: ScoredSide[] = [];
  for (const side of options.sides) if (split.manifest.rows[side] > 0) scored.push(await scoreSide(side, view, models, set, options.slices, context));
  const sample = scored.findLast(({ sample }) => sample !== null)?.sample ?? null;
  const evaluation: Evaluation = {
    problem,
    metrics: set.metrics,
    parts: Object.fromEntries(scored.map(({ side, model }) => [side, model])),
    baselines: Object.fromEntries(options.baselines.map((name) => [name, Object.fromEntries(scored.map(({ side, baselines }) => [side, baselines[name]!]))])),
    slices: bySlice(options, scored),
    importance: sample === null || options.sides.length < USED_SIDES.length ? null : await permutationImportance(sample, models.model, plain, () => context.progress(null, "importance")),
  };
  const rows = scored.reduce((sum, { model }) => sum + model.rows, 0);
  return {
    outputs: { evaluation: await putJson(context.artifacts, evaluation as unknown as Json) },
    ledger: { rowsIn: rows, rowsOut: rows, dropped: [] },
    summary: Object.fromEntries(scored.map(({ side, model }) => [side, Object.fromEntries(valuedMetrics(evaluation, side).map(({ name }) => [name, model.metrics[name]!.value]))])),
  };
};

interface Models extends AsyncDisposable {
  readonly model: Predictor;
  readonly baselines: ReadonlyMap<string, Predictor>;
}

async function loadModels(task: Task, { baselines }: EvaluateOptions, runtime: Runtime, context: StepContext): Promise<Models> {
  const load = (digest: Digest) => loadJudged(context.artifacts, digest, runtime);
  const model = await load(task.inputs["model"]!);
  const others = new Map(await Promise.all(baselines.map(async (name) => [name, await load(task.inputs[name]!)] as const)));
  return {
    model,
    baselines: others,
    async [Symbol.asyncDispose]() {
      for (const predictor of [model, ...others.values()]) await predictor[Symbol.asyncDispose]();
    },
  };
}

interface ScoredSide {
  readonly side: UsedSide;
  readonly model: Scores;
  readonly baselines: Readonly<Record<string, Scores>>;
  readonly slices: Readonly<Record<string, Readonly<Record<string, Scores>>>>;
  /** Rows to measure importance on; null on the training side. */
  readonly sample: Frame | null;
}

/** One read of a side's rows feeds all metrics of the model, its baselines and its slices; the training side is not sliced. */
async function scoreSide(side: UsedSide, view: SideView, models: Models, set: MetricSet, columns: readonly string[], context: StepContext): Promise<ScoredSide> {
  const total = view.split.manifest.rows[side];
  const slicers = side === "train" ? [] : columns.map((column) => ({ column, slices: slicer(column, set) }));
  const partials = new Map([...models.baselines.keys()].map((name) => [name, set.fold.start() as unknown]));
  const sampled: Frame[] = [];
  let partial: unknown = set.fold.start();
  let rows = 0;
  for await (const { frame } of sideBatches(view, side)) {
    const seen = set.view(frame, await models.model.predict(frame));
    partial = set.fold.add(partial, seen);
    for (const { slices } of slicers) slices.add(frame, seen);
    for (const [name, predictor] of models.baselines) partials.set(name, set.fold.add(partials.get(name), set.view(frame, await predictor.predict(frame))));
    if (side !== "train") sampled.push(take(frame, everyRow(rows, frame.length, Math.max(1, Math.ceil(total / IMPORTANCE_ROWS)))));
    rows += frame.length;
    await context.progress(rows / total, side);
  }
  const metrics = await withErrors(set.fold.finish(partial), side, view, models.model, set, () => context.progress(null, `errors on ${side}`));
  const [first, ...rest] = sampled;
  return {
    side,
    model: { rows, metrics },
    baselines: Object.fromEntries([...partials].map(([name, one]) => [name, { rows, metrics: set.fold.finish(one) }])),
    slices: Object.fromEntries(slicers.map(({ column, slices }) => [column, slices.finish()])),
    sample: first === undefined ? null : concat([first, ...rest]),
  };
}

/** Every `stride`-th row of the side, where this batch starts at `from`. */
function everyRow(from: number, length: number, stride: number): Int32Array {
  const first = (stride - (from % stride)) % stride;
  return Int32Array.from({ length: Math.max(0, Math.ceil((length - first) / stride)) }, (_, index) => first + index * stride);
}

function bySlice({ slices: columns, masked }: EvaluateOptions, scored: readonly ScoredSide[]): Evaluation["slices"] {
  return Object.fromEntries(
    columns.map((column) => {
      const values = [...new Set(scored.flatMap(({ slices }) => Object.keys(slices[column] ?? {})))].sort();
      const byValue = Object.fromEntries(values.map((value) => [value, Object.fromEntries(scored.flatMap(({ side, slices }) => (slices[column]?.[value] === undefined ? [] : [[side, slices[column][value]]])))]));
      return [column, masked.includes(column) ? withMaskedValues(byValue) : byValue];
    }),
  );
}
