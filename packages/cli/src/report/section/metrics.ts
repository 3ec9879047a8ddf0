import type { MetricResult } from "@millrace/core";
import { crossValidationRemarks, intervalsText, valuedMetrics, type Evaluation } from "@millrace/core/engine";
import { count, metric } from "../../print/number.js";
import { confidenceOf, lastPart, partsOf } from "../../print/scores.js";
import { html, type Html } from "../html.js";
import type { ModelReport } from "../report.js";
import { confusionTable } from "./confusion.js";
import { estimate } from "./numbers.js";
import { plotsOf } from "./plots.js";
import { dataTable, type Section } from "./section.js";

export async function metricSection(model: ModelReport): Promise<Section | null> {
  const { name, evaluation } = model;
  const part = evaluation === null ? null : lastPart(evaluation);
  if (evaluation === null || part === null || evaluation.metrics.length === 0) return null;
  const confidence = confidenceOf(model.lineage);
  const results = evaluation.parts[part]!.metrics;
  const plots = await plotsOf(evaluation, part);
  const pictures = plots.length === 0 ? null : html`<div class="plots">${plots}</div>`;
  return { id: `${name}-metrics`, title: "Metrics", lead: `${intervalsText(evaluation, confidence)} ${plots.length === 0 ? "" : `Plots are of the ${part} rows.`}`, body: [table(evaluation, confidence), pictures, confusionTable(results), crossValidation(model, valuedMetrics(evaluation, part), confidence)] };
}

function table(evaluation: Evaluation, confidence: number): Html {
  const parts = partsOf(evaluation);
  const baselines = Object.keys(evaluation.baselines);
  const last = parts.at(-1)!;
  const columns = [
    { title: "Metric" },
    ...parts.map((part) => ({ title: part, align: "right" as const, hint: `${count(evaluation.parts[part]!.rows)} rows` })),
    ...baselines.map((baseline) => ({ title: `${baseline}, ${last}`, align: "right" as const })),
  ];
  const cell = (result: MetricResult | undefined) => estimate(result, confidence);
  const rows = valuedMetrics(evaluation, last).map(({ name, direction }) => [
    html`${name} <span class="muted" title="${direction === "maximize" ? "more is better" : "less is better"}">${direction === "maximize" ? "↑" : "↓"}</span>`,
    ...parts.map((part) => cell(evaluation.parts[part]!.metrics[name])),
    ...baselines.map((baseline) => cell(evaluation.baselines[baseline]![last]?.metrics[name])),
  ]);
  const sizes = [html`<span class="muted">rows</span>`, ...parts.map((part) => html`<span class="muted">${count(evaluation.parts[part]!.rows)}</span>`), ...baselines.map(() => null)];
  return dataTable("Metrics of each part, and of the baselines", columns, [...rows, sizes]);
}

function crossValidation({ crossValidation: result }: ModelReport, shown: Evaluation["metrics"], confidence: number): Html | null {
  if (result === null) return null;
  const rows = result.metrics.filter(({ name }) => shown.some((metric) => metric.name === name)).map(({ name, mean, values, ...error }) => [name, estimate({ ...error, value: mean }, confidence), values.map((value) => (value === null ? "undefined" : metric(value))).join(", ")]);
  const remarks = crossValidationRemarks(result, shown);
  return html`<h4>Cross-validation in ${result.parts} parts</h4>${remarks.length === 0 ? null : html`<p>${remarks.join(" ")}</p>`}${dataTable("Each part judged by a model of the others", [{ title: "Metric" }, { title: "Mean", align: "right" }, { title: "Parts" }], rows)}`;
}
