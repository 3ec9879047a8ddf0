import type { Json } from "../../contracts/json.js";
import type { Step } from "../../contracts/step.js";
import { putJson, readJson } from "../../record/artifact-bytes.js";
import { crossValidationParts } from "../data/variants.js";
import type { CrossValidation } from "../evaluate/cross-validation.js";
import { summarize } from "../evaluate/cross-validation.js";
import type { Evaluation } from "../evaluate/evaluation.js";

/** Gathers the evaluations of the parts. */
export const crossValidateStep: Step = {
  place: "executor",
  plan(model, tasks) {
    const parts = crossValidationParts(model);
    if (parts === 0) return tasks;
    const inputs = Object.fromEntries(Array.from({ length: parts }, (_, part) => [`part.${part}`, { task: `${model.name}/evaluate-cv-${part}`, output: "evaluation" }]));
    return [...tasks, { id: `${model.name}/cross-validate`, step: "cross-validate", inputs, options: {}, uses: {}, after: [] }];
  },
  async run(task, context) {
    const evaluations = await Promise.all(Object.keys(task.inputs).map((_, part) => readJson<Evaluation>(context.artifacts, task.inputs[`part.${part}`]!)));
    const result: CrossValidation = summarize(evaluations);
    return {
      outputs: { crossValidation: await putJson(context.artifacts, result as unknown as Json) },
      ledger: null,
      summary: Object.fromEntries(result.metrics.map(({ name, mean }) => [name, mean])),
    };
  },
};
