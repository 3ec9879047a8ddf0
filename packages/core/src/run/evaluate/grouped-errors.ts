import type { MetricResult } from "../../contracts/metric.js";
import type { Predictor } from "../../contracts/runtime.js";
import type { UsedSide } from "../data/sides.js";
import { sideBatches, type SideView } from "../features/training-batches.js";
import { jackknifeError } from "./jackknife.js";
import type { MetricSet } from "./metric-set.js";
import { leavingGroupsOut, withRowGroups, type LeftOut } from "./row-groups.js";

type Results = Readonly<Record<string, MetricResult>>;

/**
 * The metrics with errors by groups of rows alone: rows of one group depend on each other, and a metric's own error takes them for
 * independent. Views must be made from rows that have the group column.
 */
export function withErrorsByGroup(set: MetricSet, group: string): MetricSet {
  const fold = leavingGroupsOut(set.fold);
  return {
    ...set,
    fold: { ...fold, finish: (partial) => errorsOf(fold.finish(partial as Record<string, unknown>), () => true) },
    view: (raw, predicted) => withRowGroups(set.view(raw, predicted), raw, 0, group),
  };
}

/** The results with an error for each metric that knows none of its own, by leaving groups of rows out; the rows are read once more only where one lacks it. */
export async function withErrors(results: Results, side: UsedSide, view: SideView, predictor: Predictor, set: MetricSet, tick: () => Promise<void>): Promise<Results> {
  const lacks = ({ value, standardError, degreesOfFreedom }: MetricResult) => value !== null && standardError === null && degreesOfFreedom === undefined;
  if (!Object.values(results).some(lacks)) return results;
  const fold = leavingGroupsOut(set.fold);
  let partial = fold.start();
  let rows = 0;
  for await (const { frame } of sideBatches(view, side)) {
    partial = fold.add(partial, withRowGroups(set.view(frame, await predictor.predict(frame)), frame, rows, view.columns.key));
    rows += frame.length;
    await tick();
  }
  return errorsOf({ whole: results, without: fold.finish(partial).without }, lacks);
}

/** The errors of those that want one; a metric that has no value has no error. */
function errorsOf({ whole, without }: LeftOut<Results>, wants: (result: MetricResult) => boolean): Results {
  return Object.fromEntries(
    Object.entries(whole).map(([name, result]) => [name, result.value === null || !wants(result) ? result : { ...result, ...jackknifeError(without.map((one) => one[name]!.value)) }]),
  );
}
