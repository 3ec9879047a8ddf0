import { html, type Html } from "../html.js";

const WIDTH = 128;
const HEIGHT = 26;

/** Bars of a histogram, the tallest as tall as there is room, drawn by hand: a page may have hundreds. */
export function spark(shares: readonly number[], label: string): Html {
  const most = Math.max(...shares);
  const step = WIDTH / Math.max(1, shares.length);
  const bars = shares.map((share, at) => {
    // What is there is seen, however little.
    const height = share === 0 ? 0 : Math.max(1, (share / most) * HEIGHT);
    return html`<rect x="${fixed(at * step)}" y="${fixed(HEIGHT - height)}" width="${fixed(Math.max(0.5, step - 0.75))}" height="${fixed(height)}"/>`;
  });
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${label}">${bars}</svg>`;
}

/** A value with its interval on a scale that rows share, and a line where the whole is. */
export function interval(value: number, margin: number | null, whole: number | null, [low, high]: readonly [number, number]): Html {
  const at = (x: number) => fixed(4 + ((x - low) / (high - low || 1)) * 152);
  const bar = margin === null ? null : html`<line class="margin" x1="${at(Math.max(low, value - margin))}" x2="${at(Math.min(high, value + margin))}" y1="9" y2="9"/>`;
  return html`<svg class="interval" viewBox="0 0 160 18" width="160" height="18" aria-hidden="true">${whole === null ? null : html`<line class="whole" x1="${at(whole)}" x2="${at(whole)}" y1="0" y2="18"/>`}${bar}<circle cx="${at(value)}" cy="9" r="3.5"/></svg>`;
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
