import type { ResolvedModel, Use } from "../../contracts/resolved.js";
import type { Step } from "../../contracts/step.js";
import type { TaskSpec } from "../../contracts/task.js";
import { crossValidationSuffixes } from "../data/variants.js";

/** Learns the model, each baseline beside it (a baseline is one more trainer), and one model per part of cross-validation. The model file holds the inverses of the target's transforms. */
export const trainStep: Step = {
  place: "executor",
  plan: (model, tasks) => [
    ...tasks,
    trainTask(model, "train", "", model.train, false),
    ...model.evaluate.baselines.map((use, index) => trainTask(model, baselineName(use, index), "", use, true)),
    ...crossValidationSuffixes(model).map((suffix) => trainTask(model, `train${suffix}`, suffix, model.train, false)),
  ],
  run: async (task, context) => (await import("../tasks/train.js")).runTrain(task, context),
};

/** `baseline-prior`; a second one of a name gets its index. */
export function baselineName(use: Use<"trainer">, index: number): string {
  return `baseline-${use.name}${index === 0 ? "" : `-${index}`}`;
}

function trainTask(model: ResolvedModel, name: string, suffix: string, use: Use<"trainer">, baseline: boolean): TaskSpec {
  const { key, group, target, weight } = model.columns;
  const from = (step: string, output: string) => ({ task: `${model.name}/${step}`, output });
  return {
    id: `${model.name}/${name}`,
    step: "train",
    inputs: { frames: from("read", "frames"), split: from(`split${suffix}`, "split"), features: from(`fit${suffix}`, "features") },
    options: { columns: { key, group, target, weight }, baseline, ...(suffix === "" ? {} : { part: true }) },
    uses: { train: use, runtime: model.runtime },
    after: [],
  };
}
