import type { Json } from "../../contracts/json.js";
import type { Step } from "../../contracts/step.js";
import { slots } from "../data/uses.js";
import { crossValidationParts } from "../data/variants.js";
import type { CrossValidateOptions } from "../tasks/cross-validate.js";

/** Gathers the evaluations of the parts, and tells what stands behind the registered model only. */
export const crossValidateStep: Step = {
  place: "executor",
  plan(model, tasks) {
    const parts = crossValidationParts(model);
    if (parts === 0) return tasks;
    const inputs = Object.fromEntries(Array.from({ length: parts }, (_, part) => [`part.${part}`, { task: `${model.name}/evaluate-cv-${part}`, output: "evaluation" }]));
    const places = model.after.map(({ from, as }) => ({ from, as }));
    const options: CrossValidateOptions = places.length === 0 ? {} : { places };
    return [...tasks, { id: `${model.name}/cross-validate`, step: "cross-validate", inputs, options: options as Json, uses: slots("after", model.after.map(({ use }) => use)), after: [] }];
  },
  run: async (task, context) => (await import("../tasks/cross-validate.js")).runCrossValidate(task, context),
};
