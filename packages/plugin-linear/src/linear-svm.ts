import { MillraceError, type Problem, type Trainer } from "@millrace/core";
import type { LinearSvmOptions } from "./linear-svm.options.js";
import type { Loss } from "./loss/loss.js";
import { roundedHingeLoss, squaredHingeLoss } from "./loss/hinge-loss.js";
import { readMatrix } from "./matrix/read-matrix.js";
import { reweighClasses } from "./matrix/reweigh-classes.js";
import { fitOneVersusRest } from "./model/fit-one-versus-rest.js";
import { lowerClasses } from "./model/lower-linear.js";
import { DOUBT_OF_MARGINS, withDoubt } from "./model/remarks.js";
import type { LinearState } from "./model/state.js";

/**
 * From easy to sharp: each stage starts where the last one ended. Many rows smooth the sum of their corners by themselves: the more
 * there are, the rounder each may stay.
 */
function stagesOf(loss: LinearSvmOptions["loss"], rows: number): readonly Loss[] {
  if (loss === "squared-hinge") return [squaredHingeLoss];
  const last = Math.min(1, Math.max(1e-5, 1e-8 * rows));
  return [...[1, 0.1, 0.01, 1e-3, 1e-4].filter((round) => round > last), last].map(roundedHingeLoss);
}

/**
 * Linear support vector machine; more than two classes by one machine per class against the rest. What it lowers to is the sigmoid
 * (or softmax) of the margins: in the right order, in [0, 1], but no calibrated probability. Throws LINEAR_PROBLEM for regression, LINEAR_CLASS.
 */
export function linearSvm({ loss, classWeight, ...options }: LinearSvmOptions): Trainer<LinearState> {
  return {
    problems: ["binary", "multiclass"],
    sparse: loss === "hinge" ? { because: 'The corner of the hinge wants complete second derivatives, and of sparse vectors only their diagonal is kept: take `loss: "squared-hinge"`.' } : true,
    async train(data, start, progress) {
      const problem = requireClasses(data.problem);
      const outputs = problem.kind === "binary" ? 1 : problem.classes.length;
      const { matrix } = reweighClasses(await readMatrix(data, progress), problem, classWeight);
      return withDoubt(await fitOneVersusRest({ ...options, l1: 0, matrix, problem, progress }, stagesOf(loss, matrix.rows), outputs, start), DOUBT_OF_MARGINS);
    },
    lower: lowerClasses,
  };
}

function requireClasses(problem: Problem): Exclude<Problem, { readonly kind: "regression" }> {
  if (problem.kind !== "regression") return problem;
  throw new MillraceError({ code: "LINEAR_PROBLEM", message: "A support vector machine learns classes, and the target is a number.", mend: 'Use the trainer "ridge", or make the target a text or a bool (`columns.task` says which problem it is).' });
}
