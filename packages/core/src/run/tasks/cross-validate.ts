import type { Json } from "../../contracts/json.js";
import type { Step, StepContext } from "../../contracts/step.js";
import type { Task } from "../../contracts/task.js";
import type { Problem } from "../../contracts/trainer.js";
import { putJson, readJson } from "../../record/artifact-bytes.js";
import { usesOf } from "../data/uses.js";
import { crossValidationRemarks, summarize } from "../evaluate/cross-validation.js";
import type { Evaluation } from "../evaluate/evaluation.js";
import { judgedBehind } from "../model/judged-behind.js";
import type { AfterPlace } from "../model/place-after.js";

export interface CrossValidateOptions {
  /** Of each entry of `after`; left out where there is none. */
  readonly places?: readonly AfterPlace[];
}

/** What `crossValidateStep` does. */
export const runCrossValidate: Step["run"] = async (task, context) => {
  const parts = Object.keys(task.inputs).length;
  const evaluations = await Promise.all(Array.from({ length: parts }, (_, part) => readJson<Evaluation>(context.artifacts, task.inputs[`part.${part}`]!)));
  const result = summarize(evaluations, await namesBehind(task, evaluations[0]!.problem, context));
  const remarks = crossValidationRemarks(result);
  return {
    outputs: { crossValidation: await putJson(context.artifacts, result as unknown as Json) },
    ledger: null,
    summary: { ...Object.fromEntries(result.metrics.map(({ name, mean }) => [name, mean])), ...(remarks.length === 0 ? {} : { remarks }) },
  };
};

/** What in `after` changes what metrics see, each name once. */
async function namesBehind(task: Task, problem: Problem, context: StepContext): Promise<readonly string[]> {
  const { places = [] } = task.options as unknown as CrossValidateOptions;
  const uses = usesOf<"transform">(task, "after");
  const after = await Promise.all(uses.map(async (use, index) => ({ transform: await context.create("transform", use), place: places[index]! })));
  return [...new Set(judgedBehind(after, problem).map((index) => uses[index]!.name))];
}
