import type { Step } from "../../contracts/step.js";
import { slots } from "../data/uses.js";

/** Expectations of the data, all in one pass; an error among the findings stops the run before anything is learnt. */
export const checkStep: Step = {
  place: "executor",
  plan: ({ columns: { target, weight, key, group, ignore, pii, rest }, features, ...model }, tasks) => [
    ...tasks,
    {
      id: `${model.name}/check`,
      step: "check",
      inputs: { frames: { task: `${model.name}/read`, output: "frames" }, split: { task: `${model.name}/split`, output: "split" } },
      // Sorted: a check is the same in whatever order features read.
      options: { target, weight, key, group, ignore, pii, reads: rest === "use" ? null : [...new Set(features.flatMap(({ from }) => from))].sort() },
      uses: slots("check", model.check),
      after: [],
    },
  ],
  run: async (task, context) => (await import("../tasks/check.js")).runCheck(task, context),
};
