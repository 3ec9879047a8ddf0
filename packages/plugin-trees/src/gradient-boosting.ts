import type { PluginContext, Trainer } from "@millrace/core";
import { chooseObjective } from "./boost/choose-objective.js";
import { loadCustomObjective, objectiveOfCustom } from "./boost/custom-objective.js";
import { objectiveOf } from "./boost/objectives.js";
import { train } from "./boost/train.js";
import type { GradientBoostingOptions } from "./gradient-boosting.options.js";
import { lowerTrees } from "./model/lower.js";
import type { TreesState } from "./model/state.js";

/**
 * Gradient boosting of histogram trees. The same rows give the same trees for any number of threads. Throws TREES_FEATURE, TREES_INPUT, TREES_OBJECTIVE,
 * TREES_CONSTRAINT, TREES_CLASS, TREES_START, TREES_VALIDATION, TREES_MEMORY, LIMIT_MEMORY, and DATA_* for rows that cannot be learnt from.
 */
export function gradientBoosting(options: GradientBoostingOptions, { folder }: Pick<PluginContext, "folder">): Trainer<TreesState> {
  return {
    sparse: { because: "Trees ask single numbers, and a graph holds sparse vectors for products only." },
    async train(data, start, progress) {
      const { problem } = data;
      const classes = problem.kind === "multiclass" ? problem.classes.length : 1;
      if (typeof options.objective !== "object") return train({ options, data, objective: objectiveOf(chooseObjective(options.objective, problem), classes, options), custom: null, start, progress });
      const custom = await loadCustomObjective(folder, options.objective);
      return train({ options, data, objective: objectiveOfCustom(custom, problem.kind === "binary"), custom, start, progress });
    },
    lower: lowerTrees,
  };
}
