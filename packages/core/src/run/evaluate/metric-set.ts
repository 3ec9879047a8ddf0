import type { Frame } from "../../contracts/frame.js";
import type { Fold } from "../../contracts/fold.js";
import type { Metric, MetricResult } from "../../contracts/metric.js";
import type { Problem } from "../../contracts/trainer.js";
import { fuse } from "../../fold/fuse.js";
import { createFrame } from "../../frame/frame.js";
import { predictionField } from "../../graph/lower.js";
import type { JudgedBy } from "./evaluation.js";

export interface MetricSet {
  readonly metrics: readonly JudgedBy[];
  readonly fold: Fold<Readonly<Record<string, MetricResult>>>;
  /** The columns that the metrics see: `$target`, `$weight`, `$prediction`, `$decision` where the model decides, and the raw ones that they ask for. */
  view(raw: Frame, predicted: Frame): Frame;
}

/**
 * All metrics of a model as one fold. A second metric of one name is `<name>-2`. Plots of a regression whose target is personal are left out: where
 * its predictions and residuals lie tells the target's values.
 */
export function metricSet(named: readonly { readonly name: string; readonly metric: Metric }[], problem: Problem, personalTarget = false): MetricSet {
  const metrics = new Map<string, Metric>();
  for (const { name, metric } of named) metrics.set(free(name, metrics), metric);
  const columns = [...new Set([...metrics.values()].flatMap((metric) => metric.columns))];
  const main = predictionField(problem).name;
  return {
    metrics: [...metrics].map(([name, { direction }]) => ({ name, direction })),
    fold: fuse(Object.fromEntries([...metrics].map(([name, metric]) => [name, personalTarget && problem.kind === "regression" ? withoutPlot(metric.fold(problem)) : metric.fold(problem)]))),
    view(raw, predicted) {
      const roles = raw.fields.filter(({ name }) => name === "$target" || name === "$weight" || columns.includes(name));
      const judged = predicted.fields.filter(({ name }) => name === main || name === "$decision");
      return createFrame(
        [...roles, ...judged.map((field) => (field.name === main ? { ...field, name: "$prediction" } : field))],
        [...roles.map(({ name }) => raw.column(name)), ...judged.map(({ name }) => predicted.column(name))],
        raw.length,
      );
    },
  };
}

function withoutPlot(fold: Fold<MetricResult>): Fold<MetricResult> {
  return { ...fold, finish: (partial) => ({ ...fold.finish(partial), plot: null }) };
}

function free(name: string, taken: ReadonlyMap<string, unknown>): string {
  let candidate = name;
  for (let index = 2; taken.has(candidate); index++) candidate = `${name}-${index}`;
  return candidate;
}
