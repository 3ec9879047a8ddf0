import type { Remark } from "../../contracts/remark.js";
import type { MetricResult } from "../../contracts/metric.js";
import { errorMargin } from "../../statistics/error-margin.js";
import { USED_SIDES, type UsedSide } from "../data/sides.js";
import { crossValidationRemarks, type CrossValidation } from "../evaluate/cross-validation.js";
import type { Evaluation, Scores } from "../evaluate/evaluation.js";
import { intervalsText } from "./intervals.js";
import { count, table } from "./markdown.js";
import { matrixOf, valuedMetrics } from "./valued-metrics.js";

/** Slices that a card shows per column: those with the most rows. */
const SHOWN_SLICES = 15;

/** Classes up to which a card shows the confusion matrix. */
const SHOWN_CLASSES = 20;

/** `0.6661 [0.6652, 0.6670]`. */
function withInterval(result: MetricResult | undefined, confidence: number): string {
  if (result === undefined || result.value === null) return "undefined";
  const point = result.value.toFixed(4);
  if (result.standardError === null) return point;
  const margin = errorMargin(result.standardError, result.degreesOfFreedom, confidence);
  return `${point} [${(result.value - margin).toFixed(4)}, ${(result.value + margin).toFixed(4)}]`;
}

function sidesOf(parts: Readonly<Partial<Record<UsedSide, Scores>>>): readonly UsedSide[] {
  return USED_SIDES.filter((side) => parts[side] !== undefined);
}

/** The part that counts: the last that was judged. */
function valued(evaluation: Evaluation): Evaluation["metrics"] {
  const side = sidesOf(evaluation.parts).at(-1);
  return side === undefined ? evaluation.metrics : valuedMetrics(evaluation, side);
}

export function metricSection(evaluation: Evaluation, confidence: number): string {
  const { parts } = evaluation;
  const sides = sidesOf(parts);
  const rows = valued(evaluation).map(({ name, direction }) => [name, direction, ...sides.map((side) => withInterval(parts[side]!.metrics[name], confidence))]);
  if (rows.length === 0) return "";
  return ["## Metrics", intervalsText(evaluation, confidence), table(["metric", "direction", ...sides.map((side) => `${side} (${count(parts[side]!.rows)} rows)`)], rows), ...confusion(evaluation)].join("\n\n");
}

/** The confusion matrix of the part that counts, where it was measured. */
function confusion({ parts }: Evaluation): readonly string[] {
  const side = sidesOf(parts).at(-1);
  const found = side === undefined ? null : matrixOf(parts[side]!.metrics);
  if (found === null || found.classes.length > SHOWN_CLASSES) return [];
  const rows = found.classes.map((name, row) => [`\`${name}\``, ...found.matrix[row]!.map((weight) => count(Number(weight.toPrecision(6))))]);
  return ["### Confusion", `Of the ${side} rows: a row is what a case was, a column what the model said.`, table(["was \\ said", ...found.classes.map((name) => `\`${name}\``)], rows)];
}

export function crossValidationSection(result: CrossValidation | null, evaluation: Evaluation, confidence: number): string {
  if (result === null) return "";
  const shown = valued(evaluation);
  const rows = result.metrics.filter(({ name }) => shown.some((metric) => metric.name === name)).map(({ name, mean, values, ...error }) => [name, withInterval({ ...error, value: mean, plot: null }, confidence), values.map((value) => (value === null ? "undefined" : value.toFixed(4))).join(", ")]);
  const told = [`Of the training rows, in ${result.parts} parts: each part judged by a model of the others. The interval is narrow rather than wide, since the models share rows.`, ...crossValidationRemarks(result, shown)];
  return ["## Cross-validation", told.join(" "), table(["metric", "mean", "parts"], rows)].join("\n\n");
}

export function baselineSection(evaluation: Evaluation, confidence: number): string {
  const { baselines, parts } = evaluation;
  const names = Object.keys(baselines);
  const side = sidesOf(parts).at(-1);
  if (names.length === 0 || side === undefined) return "";
  const rows = valued(evaluation).map((metric) => [metric.name, withInterval(parts[side]!.metrics[metric.name], confidence), ...names.map((name) => withInterval(baselines[name]![side]?.metrics[metric.name], confidence))]);
  return ["## Baselines", `On the rows of ${side}.`, table(["metric", "model", ...names], rows)].join("\n\n");
}

/** The slices with the most rows in the last part, and how the worst of them does. A personal column's values are masked. */
export function sliceSection(evaluation: Evaluation, confidence: number, pii: readonly string[]): string {
  const { slices, parts } = evaluation;
  const metrics = valued(evaluation);
  const side = sidesOf(parts).filter((one) => one !== "train").at(-1);
  if (side === undefined || metrics.length === 0) return "";
  const sections = Object.entries(slices).map(([column, values]) => {
    const present = Object.entries(values).filter(([, byPart]) => byPart[side] !== undefined).sort(([, left], [, right]) => right[side]!.rows - left[side]!.rows);
    const rows = present.slice(0, SHOWN_SLICES).map(([value, byPart]) => [pii.includes(column) ? "(masked)" : value, count(byPart[side]!.rows), ...metrics.map(({ name }) => withInterval(byPart[side]!.metrics[name], confidence))]);
    const shown = present.length > SHOWN_SLICES ? ` The ${SHOWN_SLICES} with the most rows of ${count(present.length)}.` : "";
    return `### By ${column}\n\nRows of ${side}.${shown}\n\n${table([column, "rows", ...metrics.map(({ name }) => name)], rows)}`;
  });
  return sections.length === 0 ? "" : ["## Slices", ...sections].join("\n\n");
}

/** Permutation importance, and what the training measured beside it. */
export function importanceSection({ importance }: Evaluation, remarks: readonly Remark[]): string {
  const own = remarks.filter(({ about }) => about === "importance").map(({ sentence }) => sentence);
  if (importance === null) return own.length === 0 ? "" : ["## Importance", ...own].join("\n\n");
  const rows = importance.columns.map(({ column, drop, standardDeviation }) => [`\`${column}\``, `${drop.toFixed(4)} ± ${standardDeviation.toFixed(4)}`]);
  return ["## Importance", `By how much \`${importance.metric}\` gets worse when a column's values are shuffled, on ${count(importance.rows)} rows (permutation importance; correlated columns share theirs); ± is the standard deviation over the shuffles.`, table(["column", "worse by"], rows), ...own].join("\n\n");
}
