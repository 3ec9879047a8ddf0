import type { MetricResult } from "@millrace/core";
import { marginDigits, metric } from "../../print/number.js";
import { marginOf } from "../../print/scores.js";
import { html, type Piece } from "../html.js";

/** `0.6665 ±0.0018`. */
export function estimate(result: Pick<MetricResult, "value" | "standardError" | "degreesOfFreedom"> | undefined, confidence: number): Piece {
  if (result === undefined || result.value === null) return html`<span class="muted">undefined</span>`;
  const margin = marginOf(result, confidence);
  return html`${metric(result.value)}${marginText(margin)}`;
}

/** ` ±0.0018`, in the background. */
export function marginText(margin: number | null): Piece {
  return margin === null ? null : html` <span class="muted">±${marginDigits(margin)}</span>`;
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
