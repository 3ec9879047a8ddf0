import type { Runtime } from "../../contracts/runtime.js";
import type { Difference } from "./difference.js";

/** Batch sizes that a certificate covers, beside single rows. */
export const BATCH_SIZES = [1, 7, 32, 2_000, 10_001] as const;

/** Random rows: one batch of the largest size. */
export const RANDOM_ROWS = 10_001;

/** Batches of random rows per batch size, at most: 200 rows alone, 1,400 in sevens, all in large batches. Golden rows go through in full. */
export const RANDOM_BATCHES = 200;

/** One runtime, in one way, on golden and random rows, in all batch sizes. */
export interface Witness {
  readonly runtime: Runtime["facts"];
  readonly how: "whole" | "split";
  /** Units in the last place that a golden row's answers may differ by: 0, and 1 for the reference interpreter, whose functions are JavaScript's. */
  readonly allowedUlp: 0 | 1;
  readonly golden: Difference;
  readonly random: Difference;
}

/** That a model gives the same answers wherever and however it runs. */
export interface Certificate {
  readonly model: string;
  readonly goldenRows: number;
  readonly randomRows: number;
  readonly batchSizes: readonly number[];
  /** Every comparison is with the whole graph in one batch, in this runtime. */
  readonly expected: Runtime["facts"];
  readonly witnesses: readonly Witness[];
}

/** Why a witness refuses the model; null where it agrees. Golden rows: equal bits, but 1 ulp for the reference interpreter. Random rows: 1 ulp. */
export function refusal({ runtime, how, allowedUlp, golden, random }: Witness): string | null {
  const who = `${runtime.name} ${runtime.version} (${how} graph)`;
  if (golden.maximumUlp > allowedUlp || (allowedUlp === 0 && golden.different > 0) || golden.labels > 0)
    return `${who}: ${golden.different} of ${golden.rows} golden rows differ, by up to ${golden.maximumUlp} ulp`;
  if (random.maximumUlp > 1 || random.labels > 0) return `${who}: ${random.different} of ${random.rows} random rows differ, by up to ${random.maximumUlp} ulp`;
  return null;
}
