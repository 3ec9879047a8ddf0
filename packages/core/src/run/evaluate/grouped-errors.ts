import type { MetricResult } from "../../contracts/metric.js";
import type { Predictor } from "../../contracts/runtime.js";
import type { UsedSide } from "../data/sides.js";
import { sideBatches, type SideView } from "../features/training-batches.js";
import { JACKKNIFE_GROUPS, jackknifeError, leaveOneOut } from "./jackknife.js";
import type { MetricSet } from "./metric-set.js";
import { rowGroups } from "./row-groups.js";

type Results = Readonly<Record<string, MetricResult>>;

/** The results with an error for each metric that knows none of its own, by leaving groups of rows out; the rows are read once more only where one lacks it. */
export async function withErrors(results: Results, side: UsedSide, view: SideView, predictor: Predictor, set: MetricSet, tick: () => Promise<void>): Promise<Results> {
  const lacking = Object.entries(results).filter(([, { value, standardError }]) => value !== null && standardError === null);
  if (lacking.length === 0) return results;
  const groups = Array.from({ length: JACKKNIFE_GROUPS }, () => set.fold.start() as unknown);
  let rows = 0;
  for await (const { frame } of sideBatches(view, side)) {
    const cut = rowGroups(frame, rows, view.columns.group ?? view.columns.key, set.view(frame, await predictor.predict(frame)));
    cut.forEach((part, group) => {
      if (part !== null) groups[group] = set.fold.add(groups[group], part);
    });
    rows += frame.length;
    await tick();
  }
  const without = leaveOneOut(set.fold, groups);
  return { ...results, ...Object.fromEntries(lacking.map(([name, result]) => [name, { ...result, standardError: jackknifeError(without.map((one) => one[name]!.value)) }])) };
}
