import type { Digest } from "../../contracts/digest.js";
import type { Json } from "../../contracts/json.js";
import type { MetricResult } from "../../contracts/metric.js";
import type { Columns, Use } from "../../contracts/resolved.js";
import type { Predictor, Runtime } from "../../contracts/runtime.js";
import type { Step, StepContext } from "../../contracts/step.js";
import { signatureOf } from "../../graph/read.js";
import { putJson, readBytes } from "../../record/artifact-bytes.js";
import { openFrames } from "../data/frames.js";
import { requireProblem } from "../data/require-problem.js";
import { openSplit, type UsedSide } from "../data/sides.js";
import { usesOf } from "../data/uses.js";
import { requireComparable } from "../evaluate/comparable.js";
import type { Comparison, PairedDifference } from "../evaluate/comparison.js";
import { jackknifeError } from "../evaluate/jackknife.js";
import { loadJudged } from "../evaluate/judged-predictor.js";
import { metricSet, type MetricSet } from "../evaluate/metric-set.js";
import { leavingGroupsOut, withRowGroups, type LeftOut } from "../evaluate/row-groups.js";
import { sideBatches, type SideView } from "../features/training-batches.js";

export interface CompareOptions {
  readonly columns: Pick<Columns, "key" | "group" | "target" | "weight">;
  readonly sides: readonly UsedSide[];
  readonly baselines: readonly string[];
  /** What the champion is called: `delays@3`. Left out where there is none. */
  readonly champion?: string;
}

/** What `compareStep` does. Throws COMPARE_CHAMPION where the champion cannot be judged on these rows. */
export const runCompare: Step["run"] = async (task, context) => {
  const options = task.options as unknown as CompareOptions;
  const frames = await openFrames(context.artifacts, task.inputs["frames"]!);
  const split = await openSplit(context.artifacts, task.inputs["split"]!);
  const metrics = await Promise.all(usesOf<"metric">(task, "metrics").map(async (use) => ({ name: use.name, metric: await context.create("metric", use) })));
  const problem = requireProblem(split.manifest.problem);
  const set = metricSet(metrics, problem);
  const champion = task.inputs["champion"];
  const isItself = champion === task.inputs["model"];
  if (champion !== undefined && !isItself) {
    const signature = signatureOf(await readBytes(context.artifacts, champion))!;
    requireComparable(options.champion!, signature, { problem, fields: frames.manifest.fields, target: options.columns.target });
  }
  const rivals = [...options.baselines, ...(champion === undefined || isItself ? [] : ["champion"])];
  const runtime = await context.create("runtime", task.uses["runtime"] as Use<"runtime">);
  const view: SideView = { frames, split, columns: options.columns, crossFit: false };
  const parts: Record<string, Comparison["parts"][string]> = {};
  for (const side of options.sides) parts[side] = await compareSide(side, view, ["model", ...rivals], task.inputs, set, runtime, context);
  const comparison: Comparison = { champion: champion === undefined ? "none" : isItself ? "itself" : "another", parts };
  return { outputs: { comparison: await putJson(context.artifacts, comparison as unknown as Json) }, ledger: null, summary: { champion: comparison.champion, rivals } };
};

/** One read of a side's rows for the model and its rivals, each with a partial per group of rows. */
async function compareSide(side: UsedSide, view: SideView, names: readonly string[], digests: Readonly<Record<string, Digest>>, set: MetricSet, runtime: Runtime, context: StepContext): Promise<Comparison["parts"][string]> {
  const predictors = new Map<string, Predictor>();
  try {
    for (const name of names) predictors.set(name, await loadJudged(context.artifacts, digests[name]!, runtime));
    const fold = leavingGroupsOut(set.fold);
    const partials = new Map(names.map((name) => [name, fold.start()]));
    let rows = 0;
    for await (const { frame } of sideBatches(view, side)) {
      for (const [name, predictor] of predictors) {
        const seen = withRowGroups(set.view(frame, await predictor.predict(frame)), frame, rows, view.columns.group ?? view.columns.key);
        partials.set(name, fold.add(partials.get(name)!, seen));
      }
      rows += frame.length;
      await context.progress(rows / view.split.manifest.rows[side], `${side} beside ${names.length - 1} rivals`);
    }
    return paired(new Map([...partials].map(([name, partial]) => [name, fold.finish(partial)])), set);
  } finally {
    for (const predictor of predictors.values()) await predictor[Symbol.asyncDispose]();
  }
}

type Found = LeftOut<Readonly<Record<string, MetricResult>>>;

function paired(found: ReadonlyMap<string, Found>, set: MetricSet): Comparison["parts"][string] {
  const own = found.get("model")!;
  const rivals = [...found].filter(([name]) => name !== "model");
  return Object.fromEntries(rivals.map(([name, theirs]) => [name, Object.fromEntries(set.metrics.map((metric) => [metric.name, differenceOf(metric.name, metric.direction === "maximize" ? 1 : -1, own, theirs)]))]));
}

/** Both were judged on the same rows, so that their groups are the same. */
function differenceOf(metric: string, sign: number, own: Found, theirs: Found): PairedDifference {
  const between = (left: number | null, right: number | null) => (left === null || right === null ? null : sign * (left - right));
  const without = own.without.map((results, at) => between(results[metric]!.value, theirs.without[at]![metric]!.value));
  return { difference: between(own.whole[metric]!.value, theirs.whole[metric]!.value), ...jackknifeError(without) };
}
