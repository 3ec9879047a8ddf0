import { SIDES, type Side } from "@millrace/core";
import type { ColumnProfile } from "@millrace/core/engine";
import { count } from "../../print/number.js";
import { html, type Html, type Piece } from "../html.js";
import { spark } from "../plot/spark.js";
import type { ModelReport } from "../report.js";
import { numbersIn, percent, timesIn } from "./numbers.js";
import { dataTable, type Section } from "./section.js";

/** Quantiles that have a column, by their place among PROFILE_SHARES. */
const SHOWN = [["5 %", 1], ["median", 3], ["95 %", 5]] as const;

/** Shares that are drawn under a text. */
const LEAST_BAR = 0.06;

const WHOLE: readonly string[] = ["int32", "int64", "uint8"];

export function dataSection(model: ModelReport): Section | null {
  const { name, profile, split, findings } = model;
  if (profile === null) return null;
  const roles = rolesOf(model);
  const columns = [
    { title: "Column" }, { title: "Type" }, { title: "Missing", align: "right" }, { title: "Distinct", align: "right" }, { title: "Distribution" },
    { title: "Least", align: "right" }, ...SHOWN.map(([title]) => ({ title, align: "right" as const })), { title: "Greatest", align: "right" },
  ] as const;
  const head = columns.map((column) => html`<th scope="col"${"align" in column ? html` class="number"` : null}>${column.title}</th>`);
  const body = profile.columns.map((column) => row(column.name, column.profile, roles.get(column.name) ?? []));
  const table = html`<div class="scroll"><table class="profile"><caption>Profile of the data, column by column</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
  return { id: `${name}-data`, title: "Data", lead: `${count(profile.rows)} rows, ${count(profile.columns.length)} columns.`, body: [table, splitTable(split), warnings(findings)] };
}

function row(name: string, profile: ColumnProfile, roles: readonly string[]): Html {
  const { dtype, missing, rows } = profile;
  const chips = roles.map((role) => html` <span class="chip">${role}</span>`);
  const share = missing === 0 ? html`<span class="muted">0</span>` : percent(missing / Math.max(1, rows));
  return html`<tr><th scope="row">${name}${chips}</th><td class="muted">${dtype}</td><td class="number">${share}</td><td class="number">${distinct(profile)}</td>${values(name, profile)}</tr>`;
}

function distinct(profile: ColumnProfile): Piece {
  if (profile.kind === "other") return null;
  return profile.distinct === null ? (profile.dtype === "bytes" ? null : ">65,536") : count(profile.distinct);
}

function values(name: string, profile: ColumnProfile): Piece {
  if (profile.kind === "masked") return html`<td colspan="6" class="muted">masked: personal data</td>`;
  if (profile.kind === "other") return html`<td colspan="6"></td>`;
  if (profile.kind === "text") return html`<td colspan="6">${texts(profile)}</td>`;
  const { range, quantiles, histogram, infinite } = profile;
  if (range === null) return html`<td colspan="6" class="muted">no finite value</td>`;
  const show = profile.dtype === "timestamp" ? timesIn(range.minimum, range.maximum) : numbersIn(range.minimum, range.maximum, WHOLE.includes(profile.dtype));
  const label = `Histogram of ${name} from ${show(range.minimum)} to ${show(range.maximum)}`;
  const endless = infinite === 0 ? null : html` <span class="muted">${count(infinite)} infinite</span>`;
  return html`<td>${spark(histogram, label)}${endless}</td>${[range.minimum, ...SHOWN.map(([, at]) => quantiles[at] ?? null), range.maximum].map((value) => html`<td class="number">${show(value)}</td>`)}`;
}

function texts({ top, rows, lengths, distinct: many }: Extract<ColumnProfile, { readonly kind: "text" }>): Piece {
  if (lengths === null) return html`<span class="muted">no value</span>`;
  if (top.length === 0) return html`<span class="muted">too many values to count; ${lengths[0]} to ${lengths[1]} characters</span>`;
  const rest = many === null ? 0 : many - top.length;
  return html`<ul class="values">${top.map(({ value, rows: times }) => html`<li${times / Math.max(1, rows) < LEAST_BAR ? null : html` style="--share:${(times / Math.max(1, rows)).toFixed(4)}"`}><span>${value.length > 28 ? `${value.slice(0, 27)}…` : value}</span> <span class="muted">${percent(times / Math.max(1, rows))}</span></li>`)}${rest > 0 ? html`<li class="more muted">and ${count(rest)} more</li>` : null}</ul>`;
}

/** What columns are for, as the model's definition says. */
function rolesOf({ lineage }: ModelReport): ReadonlyMap<string, readonly string[]> {
  const columns = (lineage?.definition as { readonly columns?: Readonly<Record<string, unknown>> } | undefined)?.columns ?? {};
  const roles = new Map<string, string[]>();
  for (const role of ["target", "time", "key", "group", "weight"]) {
    const column = columns[role];
    if (typeof column === "string") roles.set(column, [...(roles.get(column) ?? []), role]);
  }
  return roles;
}

function splitTable(split: ModelReport["split"]): Html | null {
  if (split === null) return null;
  const total = Object.values(split.rows).reduce((sum, rows) => sum + rows, 0);
  // Shares stand in a column of their own.
  const words = new Map(split.facts.flatMap(([name, value]) => (typeof value === "string" ? [[name, moments(value)]] : value === null || typeof value === "number" ? [] : [[name, JSON.stringify(value)]])));
  const sides = SIDES.filter((side) => split.rows[side] > 0);
  const others = [...words].filter(([name]) => !SIDES.includes(name as Side)).map(([name, value]) => `${name} ${value}`);
  const isTold = sides.some((side) => words.has(side));
  const rows = sides.map((side) => [side, count(split.rows[side]), percent(split.rows[side] / total), ...(isTold ? [words.get(side) ?? ""] : [])]);
  const columns = [{ title: "Part" }, { title: "Rows", align: "right" as const }, { title: "Share", align: "right" as const }, ...(isTold ? [{ title: "Which" }] : [])];
  return html`<h4>Split by ${split.rule}</h4>${others.length === 0 ? null : html`<p class="lead">${others.join("; ")}</p>`}${dataTable("Rows of each part", columns, rows)}`;
}

/** ISO moments without the parts that say nothing. */
function moments(text: string): string {
  return text.replace(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:00\.000Z|:\d\d\.\d{3}Z)/g, "$1 $2");
}

function warnings(findings: ModelReport["findings"]): Html | null {
  if (findings === null || findings.length === 0) return null;
  return html`<h4>Warnings of the checks</h4><ul>${findings.map(({ message }) => html`<li>${message}</li>`)}</ul>`;
}
