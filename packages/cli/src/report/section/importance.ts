import { count, metric } from "../../print/number.js";
import { html } from "../html.js";
import type { ModelReport } from "../report.js";
import { marginText } from "./numbers.js";
import { dataTable, type Section } from "./section.js";

/** Columns that are shown at most. */
const SHOWN = 40;

export function importanceSection({ name, evaluation }: ModelReport): Section | null {
  if (evaluation === null || evaluation.importance === null) return null;
  const { metric: by, rows, columns } = evaluation.importance;
  const greatest = Math.max(0, ...columns.map(({ drop }) => drop));
  const bar = (drop: number) => html`<span class="bar" aria-hidden="true"><span style="width:${(greatest === 0 ? 0 : (Math.max(0, drop) / greatest) * 100).toFixed(1)}%"></span></span>`;
  const lines = columns.slice(0, SHOWN).map(({ column, drop, standardDeviation }) => [column, bar(drop), html`${metric(drop)}${marginText(standardDeviation)}`]);
  return { id: `${name}-importance`, title: "Importance", lead: `By how much ${by} gets worse when a column's values are shuffled among ${count(rows)} rows. Columns that tell the same share theirs; ± is the standard deviation over the shuffles.`, body: dataTable("Permutation importance", [{ title: "Column" }, { title: "" }, { title: "Worse by", align: "right" }], lines) };
}
