import type { Evaluation, Scores } from "@millrace/core/engine";
import { valuedMetrics } from "@millrace/core/project";
import { count, marginDigits, metric } from "./number.js";
import { lastPart, marginOf, partsOf } from "./scores.js";
import { table } from "./table.js";

/** What of an evaluation a table shows. */
export type Judged = Pick<Evaluation, "metrics" | "parts" | "baselines">;

/** Scores by the title of their column: the model's on every part, each baseline's on the last. */
function columnsOf(evaluation: Judged): readonly (readonly [string, Scores])[] {
  const { parts, baselines } = evaluation;
  const last = lastPart(evaluation);
  const own = partsOf(evaluation).map((part) => [part, parts[part]] as const);
  const others = Object.entries(baselines).map(([name, byPart]) => [`${name}, ${last}`, last === null ? undefined : byPart[last]] as const);
  return [...own, ...others].flatMap(([title, scores]) => (scores === undefined ? [] : [[title, scores] as const]));
}

/**
 * Metrics by part, in the order of the config, beside the baselines. `confidence`: the share of the intervals behind "±". `limit`: metrics
 * shown at most, and the command that shows the others.
 */
export function metricsText(evaluation: Judged, confidence: number, limit: { readonly most: number; readonly others: string } = { most: Infinity, others: "" }): string {
  const columns = columnsOf(evaluation);
  const last = lastPart(evaluation);
  if (last === null) return "";
  const names = valuedMetrics(evaluation, last).map(({ name }) => name);
  const cell = ({ metrics }: Scores, name: string): string => {
    const result = metrics[name];
    if (result?.value == null) return "undefined";
    const margin = marginOf(result, confidence);
    return `${metric(result.value)}${margin === null ? "" : ` ± ${marginDigits(margin)}`}`;
  };
  const rows = [["rows", ...columns.map(([, scores]) => count(scores.rows))], ...names.slice(0, limit.most).map((name) => [name, ...columns.map(([, scores]) => cell(scores, name))])];
  const others = names.length > limit.most ? `and ${names.length - limit.most} more: ${limit.others}\n` : "";
  return `${table([{ title: `metric, ± ${Number((confidence * 100).toFixed(6))} %` }, ...columns.map(([title]) => ({ title, align: "right" as const }))], rows)}${others}`;
}
