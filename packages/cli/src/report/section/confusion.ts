import type { MetricResult } from "@millrace/core";
import { matrixOf } from "@millrace/core/engine";
import { count } from "../../print/number.js";
import { html, type Html } from "../html.js";

/** Classes that a matrix shows at most: more is no table for a person. */
const MOST_CLASSES = 24;

/** The confusion matrix as a table: a row's shares are its shades. */
export function confusionTable(results: Readonly<Record<string, MetricResult>>): Html | null {
  const plot = matrixOf(results);
  if (plot === null || plot.classes.length > MOST_CLASSES) return null;
  const { classes, matrix } = plot;
  const head = classes.map((name) => html`<th scope="col" class="number">${name}</th>`);
  const rows = matrix.map((row, actual) => {
    const total = row.reduce((sum, weight) => sum + weight, 0);
    const cells = row.map((weight, predicted) => html`<td class="number cell${actual === predicted ? " hit" : ""}" style="--share:${(total === 0 ? 0 : weight / total).toFixed(3)}">${count(Math.round(weight * 10) / 10)}${total === 0 ? null : html`<span class="share">${Math.round((weight / total) * 100)} %</span>`}</td>`);
    return html`<tr><th scope="row">${classes[actual] ?? ""}</th>${cells}</tr>`;
  });
  return html`<h4>Confusion</h4><p class="lead">A row is what a case was, a column what the model said; percentages are of the row.</p><div class="scroll"><table class="confusion"><caption>Confusion matrix</caption><thead><tr><th scope="col" class="muted">was \\ said</th>${head}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
