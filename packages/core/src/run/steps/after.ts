import type { Json } from "../../contracts/json.js";
import type { Step } from "../../contracts/step.js";
import { slots } from "../data/uses.js";

/** What stands behind the model: inverses of the target's transforms, and what learns from validation predictions. Planned only where there is some. */
export const afterStep: Step = {
  place: "executor",
  plan(model, tasks) {
    if (model.after.length === 0) return tasks;
    const { key, group, target, weight } = model.columns;
    const from = (step: string, output: string) => ({ task: `${model.name}/${step}`, output });
    return [
      ...tasks,
      {
        id: `${model.name}/after`,
        step: "after",
        inputs: { frames: from("read", "frames"), split: from("split", "split"), features: from("fit", "features"), state: from("train", "state"), remarks: from("train", "remarks") },
        options: { columns: { key, group, target, weight }, places: model.after.map(({ from, as }) => ({ from, as })) } as unknown as Json,
        uses: { train: model.train, runtime: model.runtime, ...slots("after", model.after.map(({ use }) => use)) },
        after: [],
      },
    ];
  },
  run: async (task, context) => (await import("../tasks/after.js")).runAfter(task, context),
};
