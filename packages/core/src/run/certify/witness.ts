import type { Frame } from "../../contracts/frame.js";
import type { ModelBundle, Predictor, Runtime } from "../../contracts/runtime.js";
import { concat, slice, take } from "../../frame/take.js";
import { RANDOM_BATCHES, type Witness } from "./certificate.js";
import { difference, type Difference } from "./difference.js";

/** Rows and what the model said to them, all in one batch. */
export interface Expected {
  readonly rows: Frame;
  readonly outputs: Frame;
}

/** What a runtime must answer, and the sizes of the batches in which it is asked. */
export interface Questions {
  readonly golden: Expected;
  readonly random: Expected;
  readonly batchSizes: readonly number[];
}

/** Runs a model in a runtime, in every batch size, and compares. */
export async function witness(runtime: Runtime, model: ModelBundle, how: "whole" | "split", allowedUlp: Witness["allowedUlp"], { golden, random, batchSizes }: Questions, tick: () => Promise<void>): Promise<Witness> {
  await using predictor = await runtime.load(model, how);
  return { runtime: runtime.facts, how, allowedUlp, golden: await compare(predictor, golden, batchSizes, Infinity, tick), random: await compare(predictor, random, batchSizes, RANDOM_BATCHES, tick) };
}

async function compare(predictor: Predictor, { rows, outputs }: Expected, batchSizes: readonly number[], mostBatches: number, tick: () => Promise<void>): Promise<Difference> {
  let total: Difference = { rows: 0, different: 0, maximumUlp: 0, labels: 0 };
  for (const size of batchSizes) {
    const many = Math.min(Math.max(size, rows.length), size * mostBatches);
    const order = Int32Array.from({ length: many }, (_, index) => index % rows.length);
    const found = await inBatches(predictor, take(rows, order), size, tick);
    total = sum(total, difference(take(outputs, order), found));
  }
  return total;
}

async function inBatches(predictor: Predictor, rows: Frame, size: number, tick: () => Promise<void>): Promise<Frame> {
  const found: Frame[] = [];
  for (let from = 0; from < rows.length; from += size) {
    found.push(await predictor.predict(slice(rows, from, Math.min(from + size, rows.length))));
    await tick();
  }
  const [first, ...rest] = found;
  return concat([first!, ...rest]);
}

function sum(left: Difference, right: Difference): Difference {
  return { rows: left.rows + right.rows, different: left.different + right.different, maximumUlp: Math.max(left.maximumUlp, right.maximumUlp), labels: left.labels + right.labels };
}
