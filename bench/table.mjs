import { median, spread } from "./measure.mjs";

/** case | ours | each peer | ratio, as text with aligned columns; absent peers say why. */
export function figureTable(figures) {
  const peerNames = [...new Set(figures.flatMap(({ peers }) => peers.map(({ name }) => name)))];
  const rows = figures.map(({ case: title, metric, unit, ours, peers }) => {
    const found = peerNames.map((name) => peers.find((peer) => peer.name === name));
    return [
      `${title}: ${metric}`,
      cell(ours, unit),
      ...found.map((peer) => (peer === undefined ? "" : peer.values === null ? `absent (${peer.absent})` : cell(peer.values, unit))),
      ...found.map((peer) => (peer?.values ? ratioText(median(ours) / median(peer.values)) : "")),
    ];
  });
  return aligned([["case", "ours", ...peerNames, ...peerNames.map((name) => `ours / ${name}`)], ...rows]);
}

/** `0.25 (1 / 4.0)`. */
function ratioText(ratio) {
  return ratio < 1 ? `${ratio.toPrecision(2)} (1 / ${(1 / ratio).toPrecision(2)})` : ratio.toPrecision(2);
}

function cell(values, unit) {
  const [least, greatest] = spread(values);
  return values.length === 1 ? `${short(values[0])} ${unit}` : `${short(median(values))} ${unit} [${short(least)}, ${short(greatest)}]`;
}

function short(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => row.map((text, column) => text.padEnd(widths[column])).join(" | ").trimEnd());
  return [lines[0], widths.map((width) => "-".repeat(width)).join("-|-"), ...lines.slice(1)].join("\n");
}
