import { valuedMetrics } from "@millrace/core/engine";
import { count, metric, moment } from "../../print/number.js";
import { confidenceOf, lastPart, marginOf } from "../../print/scores.js";
import { html, type Html, type Piece } from "../html.js";
import type { ModelReport, Report } from "../report.js";
import { marginText } from "./numbers.js";

/** Metrics that stand at the top. */
const SHOWN = 4;

/** The name of a model, what it is, and how good, in a few large words. */
export function headline(model: ModelReport, { run }: Report): Html {
  const { name, version, aliases } = model;
  const chips: Piece[] = [
    ...aliases.map((alias) => html`<span class="chip strong">${alias}</span>`),
    version === null ? html`<span class="chip">not registered</span>` : version.gates === "failed" ? html`<span class="chip bad">a gate failed</span>` : null,
    run.sample === null ? null : html`<span class="chip warn">a sample of ${count(run.sample)} rows</span>`,
    run.status === "succeeded" ? null : html`<span class="chip bad">run ${run.status}</span>`,
  ];
  const rows = model.profile === null ? null : `${count(model.profile.rows)} rows, ${count(model.profile.columns.length)} columns`;
  const made = `${version === null ? "Run" : "Made"} ${moment(version?.createdAt ?? run.startedAt).slice(0, 16)} UTC`;
  return html`<div class="headline"><h2 id="${name}">${version === null ? name : `${name}@${version.version}`}</h2><p class="chips">${chips}</p><p class="lead">${[wordsOf(model), rows, made].filter((part) => part !== null).join(". ")}.</p>${figures(model)}</div>`;
}

function wordsOf({ problem, lineage }: ModelReport): string | null {
  const target = (lineage?.definition as { readonly columns?: { readonly target?: string | null } } | undefined)?.columns?.target ?? null;
  if (problem === null) return null;
  if (problem.kind === "regression") return `Predicts ${target ?? "a number"}`;
  if (problem.kind === "binary") return target === null ? `Predicts the probability of ${problem.positive}` : `Predicts the probability that ${target} is ${problem.positive}`;
  return `Predicts ${target === null ? "" : `${target}, `}one of ${problem.classes.length} classes`;
}

function figures(model: ModelReport): Html | null {
  const { evaluation } = model;
  const part = evaluation === null ? null : lastPart(evaluation);
  if (evaluation === null || part === null || evaluation.metrics.length === 0) return null;
  const confidence = confidenceOf(model.lineage);
  const [baseline] = Object.entries(evaluation.baselines);
  const tiles = valuedMetrics(evaluation, part).slice(0, SHOWN).map(({ name }) => {
    const result = evaluation.parts[part]!.metrics[name]!;
    const margin = marginOf(result, confidence);
    const rival = baseline?.[1][part]?.metrics[name]?.value ?? null;
    return html`<div><dt>${name}</dt><dd><span class="figure">${result.value === null ? "undefined" : metric(result.value)}</span>${marginText(margin)}</dd>${rival === null ? null : html`<dd class="muted">${baseline![0].replace("baseline-", "")}: ${metric(rival)}</dd>`}</div>`;
  });
  return html`<dl class="figures" aria-label="Metrics on ${part}">${tiles}</dl>`;
}
