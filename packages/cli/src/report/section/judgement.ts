import type { PairedDifference } from "@millrace/core/engine";
import { confidenceOf } from "../../print/scores.js";
import { html, type Html } from "../html.js";
import type { ModelReport } from "../report.js";
import { estimate } from "./numbers.js";
import { dataTable, type Section } from "./section.js";

export function gateSection({ name, gates }: ModelReport): Section | null {
  if (gates === null || gates.length === 0) return null;
  const failed = gates.filter(({ passed }) => !passed).length;
  const items = gates.map(({ passed, message }) => html`<li class="${passed ? "good" : "bad"}"><span class="mark">${passed ? "passed" : "failed"}</span> ${message}</li>`);
  return { id: `${name}-gates`, title: "Gates", lead: failed === 0 ? "Every gate passed." : `${failed} of ${gates.length} failed: no alias moved.`, body: html`<ul class="gates">${items}</ul>` };
}

/** The model beside its rivals on the same rows, where a gate asks for that. */
export function comparisonSection(model: ModelReport): Section | null {
  const { name, comparison } = model;
  if (comparison === null) return null;
  const confidence = confidenceOf(model.lineage);
  const order = model.evaluation?.metrics.map((metric) => metric.name) ?? [];
  const tables = Object.entries(comparison.parts).flatMap(([part, rivals]) => (Object.keys(rivals).length === 0 ? [] : [table(part, rivals, order, confidence)]));
  const champion = { none: "There was no champion to compare with.", itself: "The champion is this very model.", another: "The champion of then was scored on the same rows." }[comparison.champion];
  return { id: `${name}-comparison`, title: "Comparison", lead: `${champion} A difference above 0 is in favour of this model, whichever way a metric goes.`, body: tables };
}

function table(part: string, rivals: Readonly<Record<string, Readonly<Record<string, PairedDifference>>>>, metrics: readonly string[], confidence: number): Html {
  const rows = metrics.map((name) => [name, ...Object.values(rivals).map((byMetric) => estimate(paired(byMetric[name]), confidence))]);
  return html`<h4>On ${part}</h4>${dataTable(`Differences on ${part}, paired by row`, [{ title: "Better by" }, ...Object.keys(rivals).map((rival) => ({ title: rival, align: "right" as const }))], rows)}`;
}

function paired(one: PairedDifference | undefined): Parameters<typeof estimate>[0] {
  return one === undefined ? undefined : { ...one, value: one.difference };
}
