import { html, type Html, type Piece } from "../html.js";

/** A part of the page under its heading; within it headings are of level 4. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** One line under the heading; null: none. */
  readonly lead: Piece;
  readonly body: Piece;
}

export function sectionHtml({ id, title, lead, body }: Section): Html {
  return html`<section aria-labelledby="${id}"><h3 id="${id}">${title}</h3>${lead === null ? null : html`<p class="lead">${lead}</p>`}${body}</section>\n`;
}

export interface Column {
  readonly title: string;
  readonly align?: "right";
  /** Said of the column where the pointer rests. */
  readonly hint?: string;
}

/** A table whose first column names its rows. */
export function dataTable(caption: string, columns: readonly Column[], rows: readonly (readonly Piece[])[]): Html {
  const head = columns.map(({ title, align, hint }) => html`<th scope="col"${align === "right" ? html` class="number"` : null}${hint === undefined ? null : html` title="${hint}"`}>${title}</th>`);
  const cell = (piece: Piece, at: number) => (at === 0 ? html`<th scope="row">${piece}</th>` : html`<td${columns[at]?.align === "right" ? html` class="number"` : null}>${piece}</td>`);
  return html`<div class="scroll"><table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody></table></div>`;
}

/** Names and values. */
export function facts(pairs: readonly (readonly [name: string, value: Piece])[]): Html {
  return html`<dl class="facts">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function code(text: string): Html {
  return html`<code>${text}</code>`;
}
