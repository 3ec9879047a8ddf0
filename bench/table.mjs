import { median, spread } from "./measure.mjs";

/** case | ours | each peer | ratio, as text with aligned columns; absent peers say why. */
export function figureTable(figures) {
  const peerNames = [...new Set(figures.flatMap(({ peers }) => peers.map(({ name }) => name)))];
  const rows = figures.map(({ case: title, metric, unit, digits = 3, ours, peers }) => {
    const found = peerNames.map((name) => peers.find((peer) => peer.name === name));
    return [
      `${title}: ${metric}`,
      cell(ours, unit, digits),
      ...found.map((peer) => (peer === undefined ? "" : peer.values === null ? `absent (${peer.absent})` : cell(peer.values, unit, digits))),
      ...found.map((peer) => (peer?.values ? ratioText(median(ours) / median(peer.values)) : "")),
    ];
  });
  return aligned([["case", "ours", ...peerNames, ...peerNames.map((name) => `ours / ${name}`)], ...rows]);
}

/** `0.25 (1 / 4.0)`. */
function ratioText(ratio) {
  return ratio < 1 ? `${ratio.toPrecision(2)} (1 / ${(1 / ratio).toPrecision(2)})` : ratio.toPrecision(2);
}

function cell(values, unit, digits) {
  const [middle, least, greatest] = [median(values), ...spread(values)].map((value) => (value >= 100 ? value.toFixed(0) : value.toPrecision(digits)));
  return values.length === 1 ? `${middle} ${unit}` : `${middle} ${unit} [${least}, ${greatest}]`;
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => row.map((text, column) => text.padEnd(widths[column])).join(" | ").trimEnd());
  return [lines[0], widths.map((width) => "-".repeat(width)).join("-|-"), ...lines.slice(1)].join("\n");
}
