import type { Json } from "@millrace/core";
import type { Evaluation } from "@millrace/core/engine";
import type { Part } from "../../print/scores.js";
import type { Html } from "../html.js";
import { calibrationPlot, precisionRecallPlot, rocPlot, type CalibrationBin } from "../plot/curves.js";
import { renderPlot, type Plot } from "../plot/render.js";
import { residualPlot, type ResidualCells } from "../plot/residuals.js";

type Points = readonly (readonly [number, number])[];
type Data = { readonly kind: string } & Readonly<Record<string, unknown>>;

/** By the kind of a metric's plot, how it is drawn; what is not here is a table, or unknown. */
const DRAWN: Readonly<Record<string, (metric: string, data: Data, value: number | null) => Plot>> = {
  roc: (metric, { points }, value) => rocPlot(`ROC curve (${metric})`, [{ name: "model", points: points as Points }], value),
  "roc-by-class": (metric, { curves }, value) => rocPlot(`ROC curve of each class (${metric})`, (curves as readonly { class: string; points: Points }[]).map(({ class: name, points }) => ({ name, points })), value),
  "precision-recall": (metric, { points, baseline }, value) => precisionRecallPlot(`Precision and recall (${metric})`, points as Points, baseline as number | null, value),
  calibration: (metric, { bins }, value) => calibrationPlot(`Calibration (${metric})`, bins as readonly CalibrationBin[], value),
  residuals: (metric, data, value) => residualPlot(`Residuals (${metric})`, data as unknown as ResidualCells, value),
};

/** The plots of a part, in the order of the metrics; one after another, since each takes a core. */
export async function plotsOf({ metrics, parts }: Evaluation, part: Part): Promise<readonly Html[]> {
  const drawn: Html[] = [];
  for (const { name } of metrics) {
    const result = parts[part]?.metrics[name];
    const data = result?.plot as Json as Data | null | undefined;
    const draw = data === null || data === undefined ? undefined : Object.hasOwn(DRAWN, data.kind) ? DRAWN[data.kind] : undefined;
    if (draw !== undefined) drawn.push(await renderPlot(draw(name, data!, result!.value)));
  }
  return drawn;
}
