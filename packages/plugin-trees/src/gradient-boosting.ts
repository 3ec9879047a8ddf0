import type { Trainer } from "@millrace/core";
import { train } from "./boost/train.js";
import type { GradientBoostingOptions } from "./gradient-boosting.options.js";
import { lowerTrees } from "./model/lower.js";
import type { TreesState } from "./model/state.js";

export function gradientBoosting(options: GradientBoostingOptions): Trainer<TreesState> {
  return { sparse: { because: "Trees ask one value at a time, of columns that are kept whole." }, train: (data, start, progress) => train(options, data, start, progress), lower: lowerTrees };
}
