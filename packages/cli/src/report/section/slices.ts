import { valuedMetrics, type Scores } from "@millrace/core/engine";
import { count } from "../../print/number.js";
import { confidenceOf, lastPart, marginOf, type Part } from "../../print/scores.js";
import { html, type Html, type Piece } from "../html.js";
import { interval } from "../plot/spark.js";
import type { ModelReport } from "../report.js";
import { estimate } from "./numbers.js";
import { dataTable, type Section } from "./section.js";

/** Slices that are shown of a column: those with the most rows. */
const SHOWN = 20;

export function sliceSection(model: ModelReport): Section | null {
  const { name, evaluation } = model;
  const part = evaluation === null ? null : lastPart(evaluation);
  if (evaluation === null || part === null || part === "train" || Object.keys(evaluation.slices).length === 0 || valuedMetrics(evaluation, part).length === 0) return null;
  const tables = Object.entries(evaluation.slices).map(([column, values]) => table(model, column, Object.entries(values).flatMap(([value, parts]) => (parts[part] === undefined ? [] : [[value, parts[part]!] as const])), part));
  const [first] = valuedMetrics(evaluation, part);
  return { id: `${name}-slices`, title: "Slices", lead: `The ${part} rows by the values of a column. The line is ${first!.name} on all of them.`, body: tables };
}

function table(model: ModelReport, column: string, slices: readonly (readonly [string, Scores])[], part: Part): Html {
  const { parts } = model.evaluation!;
  const metrics = valuedMetrics(model.evaluation!, part);
  const confidence = confidenceOf(model.lineage);
  const [first] = metrics;
  const shown = slices.toSorted(([, left], [, right]) => right.rows - left.rows).slice(0, SHOWN);
  const whole = parts[part]!.metrics[first!.name]?.value ?? null;
  const ends = shown.flatMap(([, { metrics: found }]) => endsOf(found[first!.name], confidence));
  const scale = [Math.min(...ends, ...(whole === null ? [] : [whole])), Math.max(...ends, ...(whole === null ? [] : [whole]))] as const;
  const rows = shown.map(([value, { rows: many, metrics: found }]): readonly Piece[] => {
    const result = found[first!.name];
    const picture = result === undefined || result.value === null ? null : interval(result.value, marginOf(result, confidence), whole, scale);
    return [value, count(many), picture, ...metrics.map((metric) => estimate(found[metric.name], confidence))];
  });
  const columns = [{ title: column }, { title: "Rows", align: "right" as const }, { title: "" }, ...metrics.map((metric) => ({ title: metric.name, align: "right" as const }))];
  const rest = slices.length > SHOWN ? html`<p class="lead">The ${SHOWN} with the most rows of ${count(slices.length)}.</p>` : null;
  return html`<h4>By ${column}</h4>${rest}${dataTable(`Metrics by ${column}`, columns, rows)}`;
}

function endsOf(result: Scores["metrics"][string] | undefined, confidence: number): readonly number[] {
  if (result === undefined || result.value === null) return [];
  const margin = marginOf(result, confidence) ?? 0;
  return [result.value - margin, result.value + margin];
}
