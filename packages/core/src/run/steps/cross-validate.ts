import type { Step } from "../../contracts/step.js";
import { crossValidationParts } from "../data/variants.js";

/** Gathers the evaluations of the parts. */
export const crossValidateStep: Step = {
  place: "executor",
  plan(model, tasks) {
    const parts = crossValidationParts(model);
    if (parts === 0) return tasks;
    const inputs = Object.fromEntries(Array.from({ length: parts }, (_, part) => [`part.${part}`, { task: `${model.name}/evaluate-cv-${part}`, output: "evaluation" }]));
    return [...tasks, { id: `${model.name}/cross-validate`, step: "cross-validate", inputs, options: {}, uses: {}, after: [] }];
  },
  run: async (task, context) => (await import("../tasks/cross-validate.js")).runCrossValidate(task, context),
};
