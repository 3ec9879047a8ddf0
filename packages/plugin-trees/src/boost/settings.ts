import type { TreeColumn } from "../bins/columns.js";
import type { GradientBoostingOptions } from "../gradient-boosting.options.js";
import type { Growth } from "../grow/growth.js";
import { interactionsOf, monotoneOf } from "./constraints.js";
import type { Sampling } from "./sampling.js";

const DEFAULT_LEAVES = 31;
const DEFAULT_DEPTH = 6;
/** 2^16 leaves. */
const MOST_DEPTH_WISE = 16;

/** The rules of growth, but for the bins, which rows tell. Throws TREES_CONSTRAINT. */
export function growthOf(options: GradientBoostingOptions, columns: readonly TreeColumn[]): Omit<Growth, "bins"> {
  const isLeafWise = options.growth === "leaf-wise";
  const depth = isLeafWise ? (options.depth ?? Infinity) : Math.min(MOST_DEPTH_WISE, options.depth ?? DEFAULT_DEPTH);
  const { l1, l2, minGain, minChildWeight, minChildRows, categorySmoothing, categoryL2, learningRate } = options;
  return {
    order: options.growth,
    leaves: Math.min(options.leaves ?? (isLeafWise ? DEFAULT_LEAVES : Infinity), 2 ** Math.min(MOST_DEPTH_WISE, depth)),
    depth,
    l1,
    l2,
    minGain,
    minChildWeight,
    // Every leaf has a row.
    minChildRows: minChildRows === 1 ? 0 : minChildRows,
    categorySmoothing,
    categoryL2,
    monotone: monotoneOf(columns, options.monotone),
    interactions: interactionsOf(columns, options.interactions),
    learningRate,
  };
}

/** `random`: uniform in [0, 1); one number is drawn, so that a training that goes on draws what it would have drawn. */
export function samplingOf({ rowShare, columnShare, goss }: GradientBoostingOptions, random: () => number): Sampling {
  return { rowShare, columnShare, goss, seed: Math.floor(random() * 2 ** 32) | 0 };
}
