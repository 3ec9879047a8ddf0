import type { Step } from "../../contracts/step.js";
import { slots } from "../data/uses.js";

/** Shows that the file alone gives one answer: whole and split, one row and many, in every runtime at hand and in the reference interpreter. */
export const certifyStep: Step = {
  place: "executor",
  plan: (model, tasks) => [
    ...tasks,
    {
      id: `${model.name}/certify`,
      step: "certify",
      inputs: { model: { task: `${model.name}/${model.after.length > 0 ? "after" : "train"}`, output: "model" } },
      options: {},
      uses: { runtime: model.runtime, ...slots("witnesses", model.witnesses) },
      after: [],
    },
  ],
  run: async (task, context) => (await import("../tasks/certify.js")).runCertify(task, context),
};
