import type { Json } from "../../contracts/json.js";
import type { Step } from "../../contracts/step.js";
import { slots } from "../data/uses.js";
import { crossValidationSuffixes } from "../data/variants.js";

/** Learns the features from the training rows, and leaves the graph that turns raw columns into them. */
export const fitStep: Step = {
  place: "coordinator",
  plan: (model, tasks) => [
    ...tasks,
    ...["", ...crossValidationSuffixes(model)].map((suffix) => ({
      id: `${model.name}/fit${suffix}`,
      step: "fit",
      inputs: { frames: { task: `${model.name}/read`, output: "frames" }, split: { task: `${model.name}/split${suffix}`, output: "split" } },
      options: { columns: model.columns, features: model.features.map(({ from, as }) => ({ from, as })), after: model.after.map(({ from, as }) => ({ from, as })) } as unknown as Json,
      uses: { runtime: model.runtime, ...slots("features", model.features.map(({ use }) => use)), ...slots("after", model.after.map(({ use }) => use)) },
      after: [`${model.name}/check`],
    })),
  ],
  run: async (task, context) => (await import("../tasks/fit.js")).runFit(task, context),
};
