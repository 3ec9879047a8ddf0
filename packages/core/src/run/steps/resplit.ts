import type { Step } from "../../contracts/step.js";
import { crossValidationSuffixes } from "../data/variants.js";
import { strataColumn } from "../split/strata-column.js";

/**
 * Cross-validation as splits: of the training rows one part becomes the test, all others stay; validation and test rows are left out.
 * What follows a split knows nothing of cross-validation. A group, or else a key, stays in one part, and where the split keeps shares of strata, so do the parts.
 */
export const resplitStep: Step = {
  place: "executor",
  plan(model, tasks) {
    const stratify = model.split.rule === "random" ? strataColumn(model.split.with, model.columns.target) : null;
    return [
      ...tasks,
      ...crossValidationSuffixes(model).map((suffix, part, all) => ({
        id: `${model.name}/split${suffix}`,
        step: "resplit",
        inputs: { frames: { task: `${model.name}/read`, output: "frames" }, split: { task: `${model.name}/split`, output: "split" } },
        options: { parts: all.length, part, seed: model.seed, group: (model.split.with["group"] as string | null | undefined) ?? model.columns.group, key: model.columns.key, target: model.columns.target, ...(stratify === null ? {} : { stratify }) },
        uses: {},
        after: [],
      })),
    ];
  },
  run: async (task, context) => (await import("../tasks/resplit.js")).runResplit(task, context),
};
