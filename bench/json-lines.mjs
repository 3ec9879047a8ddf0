import { median } from "./measure.mjs";

/** One line per figure and peer: medians, `ratio` = ours / peer; null where there is no peer. */
export function jsonLines(bench, figures) {
  return figures
    .flatMap(({ case: title, metric, unit, ours, peers }) => {
      const figure = { bench, case: title, metric, unit, ours: median(ours) };
      const present = peers.filter(({ values }) => values !== null);
      if (present.length === 0) return [{ ...figure, peer: null, peerName: peers[0]?.name ?? null, ratio: null }];
      return present.map(({ name, values }) => ({ ...figure, peer: median(values), peerName: name, ratio: median(ours) / median(values) }));
    })
    .map((line) => JSON.stringify(line))
    .join("\n");
}
