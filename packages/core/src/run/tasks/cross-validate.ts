import type { Json } from "../../contracts/json.js";
import type { Step } from "../../contracts/step.js";
import { putJson, readJson } from "../../record/artifact-bytes.js";
import type { CrossValidation } from "../evaluate/cross-validation.js";
import { summarize } from "../evaluate/cross-validation.js";
import type { Evaluation } from "../evaluate/evaluation.js";

/** What `crossValidateStep` does. */
export const runCrossValidate: Step["run"] = async (task, context) => {
  const evaluations = await Promise.all(Object.keys(task.inputs).map((_, part) => readJson<Evaluation>(context.artifacts, task.inputs[`part.${part}`]!)));
  const result: CrossValidation = summarize(evaluations);
  return {
    outputs: { crossValidation: await putJson(context.artifacts, result as unknown as Json) },
    ledger: null,
    summary: Object.fromEntries(result.metrics.map(({ name, mean }) => [name, mean])),
  };
};
