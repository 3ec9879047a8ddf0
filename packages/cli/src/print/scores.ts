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
