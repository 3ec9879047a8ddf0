import type { Json } from "../../contracts/json.js";
import type { Step } from "../../contracts/step.js";
import { modelVersionId } from "../../record/model-versions.js";
import { USED_SIDES } from "../data/sides.js";
import { slots } from "../data/uses.js";
import type { CompareOptions } from "../tasks/compare.js";
import { baselineName } from "./train.js";

/** Scores the model beside the champion and the baselines on the same rows, for gates that say `versus`. Planned only where one does. */
export const compareStep: Step = {
  place: "executor",
  plan(model, tasks) {
    const versus = model.evaluate.gates.filter((gate) => gate.versus !== null);
    if (versus.length === 0) return tasks;
    const { key, group, target, weight } = model.columns;
    const from = (step: string, output: string) => ({ task: `${model.name}/${step}`, output });
    const baselines = versus.some((gate) => gate.versus === "baseline") ? model.evaluate.baselines.map(baselineName) : [];
    const champion = versus.some((gate) => gate.versus === "champion") ? model.champion : null;
    const options: CompareOptions = {
      columns: { key, group, target, weight },
      sides: USED_SIDES.filter((side) => versus.some(({ part }) => part === side)),
      baselines,
      ...(champion === null ? {} : { champion: modelVersionId(model.name, champion.version) }),
    };
    return [
      ...tasks,
      {
        id: `${model.name}/compare`,
        step: "compare",
        inputs: {
          frames: from("read", "frames"), split: from("split", "split"), model: from(model.after.length > 0 ? "after" : "train", "model"),
          ...Object.fromEntries(baselines.map((name) => [name, from(name, "model")])),
          ...(champion === null ? {} : { champion: champion.onnx }),
        },
        options: options as unknown as Json,
        uses: { runtime: model.runtime, ...slots("metrics", model.evaluate.metrics) },
        after: [],
      },
    ];
  },
  run: async (task, context) => (await import("../tasks/compare.js")).runCompare(task, context),
};
