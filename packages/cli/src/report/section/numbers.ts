import type { MetricResult } from "@millrace/core";
import { errorMargin } from "@millrace/core/statistics";
import type { Evaluation } from "@millrace/core/engine";
import { metric } from "../../print/number.js";
import { html, type Piece } from "../html.js";
import type { ModelReport } from "../report.js";

export type Part = keyof Evaluation["parts"];
export const PARTS: readonly Part[] = ["train", "validation", "test"];

/** The share of the intervals, as the model's definition says; 95 % where it is not known. */
export function confidenceOf({ lineage }: ModelReport): number {
  return (lineage?.definition as { readonly evaluate?: { readonly confidence?: number } } | undefined)?.evaluate?.confidence ?? 0.95;
}

/** Half the width of the interval; null where no error is known. */
export function marginOf({ standardError, degreesOfFreedom }: Pick<MetricResult, "standardError" | "degreesOfFreedom">, confidence: number): number | null {
  return standardError === null ? null : errorMargin(standardError, degreesOfFreedom, confidence);
}

/** `0.6665 ±0.0018`. */
export function estimate(result: Pick<MetricResult, "value" | "standardError" | "degreesOfFreedom"> | undefined, confidence: number): Piece {
  if (result === undefined || result.value === null) return html`<span class="muted">undefined</span>`;
  const margin = marginOf(result, confidence);
  return html`${metric(result.value)}${marginText(margin)}`;
}

/** ` ±0.0018`, in the background: no more decimals than the value that it belongs to, and one digit at least. */
export function marginText(margin: number | null): Piece {
  return margin === null ? null : html` <span class="muted">±${margin === 0 ? "0" : margin < 1e-4 ? margin.toPrecision(1) : margin.toFixed(4)}</span>`;
}

/** The parts that were judged, and the last of them, which is the one that counts. */
export function partsOf({ parts }: Evaluation): readonly Part[] {
  return PARTS.filter((part) => parts[part] !== undefined);
}

export function lastPart(evaluation: Evaluation): Part | null {
  return partsOf(evaluation).at(-1) ?? null;
}

export function percent(share: number): string {
  if (share === 0) return "0 %";
  return share < 0.001 ? "<0.1 %" : `${(share * 100).toFixed(1)} %`;
}

/** Numbers of a range, all with as many decimals as tell a hundredth of it apart; with an exponent where they are very large or small. */
export function numbersIn(minimum: number, maximum: number, isWhole: boolean): (value: number | null) => string {
  const [size, span] = [Math.max(Math.abs(minimum), Math.abs(maximum)), maximum - minimum];
  if (size !== 0 && (size >= 1e12 || size < 1e-3)) return (value) => (value === null ? "" : value.toPrecision(3));
  // A median of two whole numbers may stand between them.
  const most = isWhole && span < 100 ? 1 : 0;
  const digits = isWhole ? 0 : Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(span === 0 ? size || 1 : span))));
  return (value) => (value === null ? "" : value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: Math.max(digits, most) }));
}

/** A range of less than this many milliseconds is told by the minute. */
const BY_THE_MINUTE = 4 * 86_400_000;

/** Epoch milliseconds of a range as days in UTC, or as minutes where the range is short. */
export function timesIn(minimum: number, maximum: number): (ms: number | null) => string {
  const length = maximum - minimum < BY_THE_MINUTE ? 16 : 10;
  return (ms) => (ms === null || Math.abs(ms) > 8.64e15 ? "" : new Date(ms).toISOString().slice(0, -14 + (length - 10)).replace("T", " "));
}

/** Metrics but for those whose value is only what their matrix has on its diagonal: accuracy once more. */
export function valuedMetrics({ metrics, parts }: Evaluation, part: Part): Evaluation["metrics"] {
  return metrics.filter(({ name }) => (parts[part]?.metrics[name]?.plot as { readonly kind?: string } | null | undefined)?.kind !== "confusion-matrix");
}
