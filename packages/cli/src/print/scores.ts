import type { MetricResult } from "@millrace/core";
import { errorMargin } from "@millrace/core/statistics";
import type { Evaluation, Lineage } from "@millrace/core/engine";

export type Part = keyof Evaluation["parts"];
const PARTS: readonly Part[] = ["train", "validation", "test"];

/** The share of the intervals, as the model's definition says; 95 % where it is not known. */
export function confidenceOf(lineage: Lineage | null): number {
  return (lineage?.definition as { readonly evaluate?: { readonly confidence?: number } } | undefined)?.evaluate?.confidence ?? 0.95;
}

/** Half the width of the interval; null where no error is known. */
export function marginOf({ standardError, degreesOfFreedom }: Pick<MetricResult, "standardError" | "degreesOfFreedom">, confidence: number): number | null {
  return standardError === null ? null : errorMargin(standardError, degreesOfFreedom, confidence);
}

/** The parts that were judged, and the last of them, which is the one that counts. */
export function partsOf({ parts }: Pick<Evaluation, "parts">): readonly Part[] {
  return PARTS.filter((part) => parts[part] !== undefined);
}

export function lastPart(evaluation: Pick<Evaluation, "parts">): Part | null {
  return partsOf(evaluation).at(-1) ?? null;
}

/** Metrics but for a matrix whose value, what it has on its diagonal, is another metric's: accuracy once more. */
export function valuedMetrics({ metrics, parts }: Pick<Evaluation, "metrics" | "parts">, part: Part): Evaluation["metrics"] {
  const results = parts[part]?.metrics ?? {};
  const isMatrix = (name: string): boolean => (results[name]?.plot as { readonly kind?: string } | null | undefined)?.kind === "confusion-matrix";
  // The two are summed in different ways, so that they may differ in the last digits.
  const isSame = (one: number | null | undefined, other: number | null | undefined): boolean => one === other || (one != null && other != null && Math.abs(one - other) < 1e-9);
  return metrics.filter(({ name }) => !isMatrix(name) || !metrics.some((other) => !isMatrix(other.name) && isSame(results[name]?.value, results[other.name]?.value)));
}
