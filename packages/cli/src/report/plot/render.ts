import type { TopLevelSpec } from "vega-lite";
import { html, trusted, type Html } from "../html.js";

/** A plot before it is drawn. */
export interface Plot {
  readonly title: string;
  /** What a reader who cannot see it is told. */
  readonly label: string;
  readonly spec: TopLevelSpec;
}

/** Colours are the page's own, so that a plot is light where the page is. */
const AXIS = { labelColor: "var(--muted)", titleColor: "var(--muted)", gridColor: "var(--line)", domainColor: "var(--line)", tickColor: "var(--line)", labelFontSize: 11, titleFontSize: 11, titleFontWeight: "normal", titlePadding: 8, labelPadding: 4, labelFlush: false, tickSize: 4, gridOpacity: 0.7 } as const;
const CONFIG = {
  background: "transparent",
  // The figure has one label for the whole picture.
  aria: false,
  font: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  padding: 4,
  axis: AXIS,
  view: { stroke: "transparent" },
  legend: { labelColor: "var(--muted)", titleColor: "var(--muted)", labelFontSize: 11, titleFontSize: 11, titleFontWeight: "normal", symbolStrokeWidth: 2.5, labelLimit: 120 },
  range: { category: Array.from({ length: 8 }, (_, index) => `var(--series-${index + 1})`) },
} as const;

/** Width and height of the inner rectangle of every plot. */
export const PLOT_SIZE = { width: 252, height: 220 } as const;

/** Draws with vega, which loads with the first plot; its SVG escapes what it is given. */
export async function renderPlot({ title, label, spec }: Plot): Promise<Html> {
  const [vega, vegaLite] = await Promise.all([import("vega"), import("vega-lite")]);
  const compiled = vegaLite.compile({ ...PLOT_SIZE, ...spec, config: CONFIG } as TopLevelSpec).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none" });
  const svg = await view.toSVG();
  view.finalize();
  return html`<figure class="plot"><figcaption>${title}</figcaption><div role="img" aria-label="${label}">${trusted(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" '))}</div></figure>`;
}
