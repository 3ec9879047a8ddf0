// A few shapes of SVG, in colours that read on light and on dark paper: a page of GitHub shows such a file as it stands.
const LIGHT = "--ink:#1c2127;--soft:#5c6672;--line:#9aa5b1;--accent:#2459b3;--tint:#2459b31a;--paper:#ffffff";
const DARK = "--ink:#e4e8ec;--soft:#9ba6b2;--line:#5b6672;--accent:#84b1ff;--tint:#84b1ff24;--paper:#12161b";
const STYLE = `svg{${LIGHT}}@media(prefers-color-scheme:dark){svg{${DARK}}}
text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--ink)}
.soft{fill:var(--soft);font-size:12px}.strong{font-weight:600}.code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12px}
.middle{text-anchor:middle}.end{text-anchor:end}
.box{fill:none;stroke:var(--line)}.mark{fill:var(--tint);stroke:var(--accent)}
.arrow{fill:none;stroke:var(--line);stroke-width:1.3}.dashed{stroke-dasharray:4 4}.head{fill:var(--line)}`;

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** A picture with its name for those who cannot see it. */
export function picture(width, height, title, shapes) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="t"><title id="t">${escape(title)}</title><style>${STYLE}</style>\n${shapes.flat(9).join("\n")}\n</svg>\n`;
}

export function text(x, y, words, style = "") {
  return `<text x="${x}" y="${y}"${style === "" ? "" : ` class="${style}"`}>${escape(words)}</text>`;
}

/** A box with words in its middle; a second line is softer. */
export function box(x, y, width, height, words, { note = null, style = "box" } = {}) {
  const middle = x + width / 2;
  const line = y + height / 2 + (note === null ? 4.5 : -2);
  return [`<rect class="${style}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`, text(middle, line, words, "strong middle"), note === null ? [] : text(middle, line + 16, note, "soft middle")];
}

/** Along points; curved where there are four. */
export function arrow(points, { style = "" } = {}) {
  const [[x, y], ...rest] = points;
  const [ex, ey] = points.at(-1);
  const [px, py] = points.at(-2);
  const length = Math.hypot(ex - px, ey - py);
  const [ux, uy] = [(ex - px) / length, (ey - py) / length];
  const [bx, by] = [ex - 7 * ux, ey - 7 * uy];
  const end = [[bx - 3.5 * uy, by + 3.5 * ux], [bx + 3.5 * uy, by - 3.5 * ux]];
  const shown = [...rest.slice(0, -1), [ex - 5 * ux, ey - 5 * uy]].map((point) => point.map(fixed).join(" "));
  const path = points.length === 4 ? `C${shown.join(",")}` : shown.map((point) => `L${point}`).join("");
  return `<path class="arrow${style === "" ? "" : ` ${style}`}" d="M${x} ${y}${path}"/><path class="head" d="M${fixed(ex)} ${fixed(ey)}L${end.map((point) => point.map(fixed).join(" ")).join("L")}z"/>`;
}

/** From the right side of one place to the left side of another. */
export function across(x1, y1, x2, y2, options) {
  const middle = (x1 + x2) / 2;
  return arrow(y1 === y2 ? [[x1, y1], [x2, y2]] : [[x1, y1], [middle, y1], [middle, y2], [x2, y2]], options);
}

function fixed(value) {
  return Math.round(value * 10) / 10;
}
