import type { TopLevelSpec } from "vega-lite";
import { metric } from "../../print/number.js";
import type { Plot } from "./render.js";

export interface ResidualCells {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly (readonly [x: number, y: number, weight: number])[];
}

/** Residuals by prediction: the darker a cell, the more rows. */
export function residualPlot(title: string, { width, height, cells }: ResidualCells, value: number | null): Plot {
  const values = cells.map(([x, y, weight]) => ({ x, x2: x + width, y, y2: y + height, weight: Math.sqrt(weight) }));
  const axis = (field: string, name: string) => ({ field, type: "quantitative", title: name, scale: { zero: false, nice: false, padding: 6 }, axis: { tickCount: 5, format: "~s" } });
  const tiles = {
    data: { values },
    mark: { type: "rect", color: "var(--accent)" },
    encoding: { x: axis("x", "Prediction"), x2: { field: "x2" }, y: axis("y", "Prediction - target"), y2: { field: "y2" }, opacity: { field: "weight", type: "quantitative", legend: null, scale: { domainMin: 0, range: [0.1, 1] } } },
  };
  const zero = { data: { values: [{ y: 0 }] }, mark: { type: "rule", color: "var(--muted)", strokeDash: [3, 3] }, encoding: { y: { field: "y", type: "quantitative" } } };
  const off = value === null ? "" : ` On the whole the predictions are off by ${metric(value)}.`;
  return { title, label: `Residuals by prediction.${off}`, spec: { layer: [tiles, zero] } as unknown as TopLevelSpec };
}
