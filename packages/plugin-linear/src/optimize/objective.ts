import { breather } from "@millrace/core";
import type { Loss } from "../loss/loss.js";
import { BLOCK, margins, scatter } from "../matrix/linear-map.js";
import type { Matrix } from "../matrix/matrix.js";
import { addToGram, createGram, pairsOf } from "./gram.js";
import { type Blocks, createBlocks, createMetric, type Metric } from "./metric.js";
import { type Structure, structureOf } from "./structure.js";

/** Blocks between two looks at the clock: about 10 ms. */
const BLOCKS = 64;

/** Sum of weighted losses + 1/2 sum of l2 theta^2, over `outputs * matrix.size` parameters, output after output. */
export interface Objective {
  readonly size: number;
  /** Of one output: penalty by parameter; 0 for the intercept. */
  readonly l2: Float64Array;
  /** Whether the metrics hold all second derivatives: one output, and a structure that leaves nothing out. */
  readonly exact: boolean;
  readonly structure: Structure;
  /** What `tolerance` is a share of: the mean loss of a row at this value. */
  unit(value: number): number;
  /** Fills the gradient, returns the value. */
  evaluate(theta: Float64Array, gradient: Float64Array): Promise<number>;
  /** Second derivatives at theta; one per output. */
  curvature(theta: Float64Array): Promise<readonly Blocks[]>;
  /** Takes the blocks over. */
  factor(blocks: Blocks): Metric;
}

export function createObjective(matrix: Matrix, loss: Loss, l2: Float64Array, signal: AbortSignal): Objective {
  const { outputs } = loss;
  const structure = structureOf(matrix, matrix.rows, outputs);
  const pairs = pairsOf(structure);
  const block = new Float64Array(outputs * BLOCK);
  const breathe = breather(signal);
  async function pass(theta: Float64Array, visit: (from: number, count: number) => void): Promise<void> {
    for (let from = 0, blocks = 1; from < matrix.rows; from += BLOCK, blocks++) {
      const count = Math.min(BLOCK, matrix.rows - from);
      for (let k = 0; k < outputs; k++) margins(matrix, theta, k * matrix.size, from, count, block, k * BLOCK);
      visit(from, count);
      if (blocks % BLOCKS === 0) await breathe();
    }
  }
  return {
    size: outputs * matrix.size,
    l2,
    structure,
    exact: outputs === 1 && structure.exact,
    unit: (value) => value / matrix.totalWeight,
    async evaluate(theta, gradient) {
      let value = penalize(theta, gradient, l2);
      await pass(theta, (from, count) => {
        value += loss.slopes(block, matrix, from, count);
        for (let k = 0; k < outputs; k++) scatter(matrix, block, k * BLOCK, from, count, gradient, k * matrix.size);
      });
      return value;
    },
    async curvature(theta) {
      const grams = Array.from({ length: outputs }, () => createGram(matrix, pairs));
      await pass(theta, (from, count) => {
        loss.curvatures(block, matrix, from, count);
        grams.forEach((gram, k) => addToGram(gram, pairs, matrix, block, k * BLOCK, from, count));
      });
      return grams.map((gram) => createBlocks(gram, structure, matrix, l2));
    },
    factor: (blocks) => createMetric(blocks, structure, matrix),
  };
}

/** Starts the gradient with that of the penalty; returns the penalty. */
function penalize(theta: Float64Array, gradient: Float64Array, l2: Float64Array): number {
  let penalty = 0;
  for (let j = 0; j < theta.length; j++) {
    const slope = l2[j % l2.length]! * theta[j]!;
    gradient[j] = slope;
    penalty += 0.5 * slope * theta[j]!;
  }
  return penalty;
}
