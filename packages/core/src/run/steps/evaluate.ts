import type { Step } from "../../contracts/step.js";
import { USED_SIDES } from "../data/sides.js";
import { slots } from "../data/uses.js";
import { crossValidationSuffixes } from "../data/variants.js";
import { baselineName } from "./train.js";

/** Metrics on every part and slice, beside baselines on the same rows, and importance by permutation. */
export const evaluateStep: Step = {
  place: "executor",
  plan: (model, tasks) => {
    const { key, group, target, weight } = model.columns;
    const from = (step: string, output: string) => ({ task: `${model.name}/${step}`, output });
    const uses = { runtime: model.runtime, ...slots("metrics", model.evaluate.metrics) };
    const columns = { key, group, target, weight };
    const personalTarget = target !== null && model.columns.pii.includes(target);
    const baselines = model.evaluate.baselines.map(baselineName);
    return [
      ...tasks,
      {
        id: `${model.name}/evaluate`,
        step: "evaluate",
        inputs: {
          frames: from("read", "frames"),
          split: from("split", "split"),
          model: from(model.after.length > 0 ? "after" : "train", "model"),
          ...Object.fromEntries(baselines.map((name) => [name, from(name, "model")])),
        },
        options: { columns, slices: model.evaluate.slices, masked: model.evaluate.slices.filter((column) => model.columns.pii.includes(column)), personalTarget, baselines, sides: USED_SIDES },
        uses,
        after: [],
      },
      ...crossValidationSuffixes(model).map((suffix) => ({
        id: `${model.name}/evaluate${suffix}`,
        step: "evaluate",
        inputs: { frames: from("read", "frames"), split: from(`split${suffix}`, "split"), model: from(`train${suffix}`, "model") },
        options: { columns, slices: [], masked: [], personalTarget, baselines: [], sides: ["test"] },
        uses,
        after: [],
      })),
    ];
  },
  run: async (task, context) => (await import("../tasks/evaluate.js")).runEvaluate(task, context),
};
