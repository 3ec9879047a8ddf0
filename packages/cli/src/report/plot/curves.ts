import type { Json } from "@millrace/core";
import type { TopLevelSpec } from "vega-lite";
import { metric } from "../../print/number.js";
import type { Plot } from "./render.js";

/** Classes that have a line of their own colour and a place in the legend. */
const MOST_SERIES = 8;

type Points = readonly (readonly [x: number, y: number, ...rest: unknown[]])[];
interface Series {
  readonly name: string;
  readonly points: Points;
}

const share = (field: string, title: string) => ({ field, type: "quantitative", title, scale: { domain: [0, 1] }, axis: { values: [0, 0.25, 0.5, 0.75, 1], format: ".2~f" } }) as const;
const reference = (values: readonly object[]) => ({ data: { values }, mark: { type: "line", color: "var(--muted)", strokeDash: [3, 3], strokeWidth: 1 }, encoding: { x: share("x", ""), y: share("y", "") } }) as const;
const DIAGONAL = reference([{ x: 0, y: 0 }, { x: 1, y: 1 }]);

/** Lines in the unit square; with several, a colour each and a legend. */
function lines(series: readonly Series[], x: string, y: string, interpolate: "linear" | "step-before", behind: object): TopLevelSpec {
  const isMany = series.length > 1;
  const values = series.flatMap(({ name, points }) => points.map(([px, py], order) => ({ name, x: px, y: py, order })));
  const colour = series.length > MOST_SERIES ? { detail: { field: "name" } } : isMany ? { color: { field: "name", type: "nominal", title: null, sort: null } } : {};
  const mark = { type: "line", interpolate, strokeWidth: isMany ? 1.5 : 2, clip: false, ...(isMany && series.length <= MOST_SERIES ? {} : { color: "var(--accent)" }), ...(series.length > MOST_SERIES ? { opacity: 0.5 } : {}) };
  const line = { data: { values }, mark, encoding: { x: share("x", x), y: share("y", y), order: { field: "order", type: "quantitative" }, ...colour } };
  return { layer: [behind, line] } as unknown as TopLevelSpec;
}

export function rocPlot(title: string, series: readonly Series[], value: number | null): Plot {
  const area = value === null ? "" : `, the area under it is ${metric(value)}`;
  return { title, label: `ROC curve: true positive rate by false positive rate${series.length > 1 ? `, for ${series.length} classes` : ""}${area}.`, spec: lines(series, "False positive rate", "True positive rate", "linear", DIAGONAL) };
}

export function precisionRecallPlot(title: string, points: Points, baseline: number | null, value: number | null): Plot {
  const behind = reference(baseline === null ? [] : [{ x: 0, y: baseline }, { x: 1, y: baseline }]);
  const label = `Precision by recall${value === null ? "" : `, average precision ${metric(value)}`}${baseline === null ? "" : `; random scores would have ${metric(baseline)}`}.`;
  return { title, label, spec: lines([{ name: "model", points }], "Recall", "Precision", "linear", behind) };
}

export interface CalibrationBin {
  readonly weight: number;
  readonly probability: Json;
  readonly outcome: Json;
}

/** A dot per bin, as large as its rows; the diagonal is a model that keeps its word. */
export function calibrationPlot(title: string, bins: readonly CalibrationBin[], value: number | null): Plot {
  const values = bins.flatMap(({ weight, probability, outcome }) => (weight > 0 ? [{ x: probability, y: outcome, weight }] : []));
  const encoding = { x: share("x", "Mean predicted probability"), y: share("y", "Share that came true") };
  const line = { data: { values }, mark: { type: "line", color: "var(--accent)", strokeWidth: 1.5, opacity: 0.6 }, encoding };
  const dots = { data: { values }, mark: { type: "circle", color: "var(--accent)", opacity: 0.9 }, encoding: { ...encoding, size: { field: "weight", type: "quantitative", legend: null, scale: { range: [16, 180] } } } };
  const gap = value === null ? "" : `; the mean gap is ${metric(value)}`;
  return { title, label: `What was predicted beside what came true, in ${values.length} bins${gap}.`, spec: { layer: [DIAGONAL, line, dots] } as unknown as TopLevelSpec };
}
