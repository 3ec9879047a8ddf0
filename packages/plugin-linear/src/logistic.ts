import { MillraceError, type Problem, type Trainer } from "@millrace/core";
import type { LogisticOptions } from "./logistic.options.js";
import { logLoss } from "./loss/log-loss.js";
import { softmaxLoss } from "./loss/softmax-loss.js";
import { classWeights } from "./matrix/class-weights.js";
import type { Matrix } from "./matrix/matrix.js";
import { readMatrix } from "./matrix/read-matrix.js";
import { reweighClasses } from "./matrix/reweigh-classes.js";
import { fitLinear } from "./model/fit-linear.js";
import { lowerClasses } from "./model/lower-linear.js";
import { doubtOfClassWeights, withDoubt } from "./model/remarks.js";
import type { LinearState } from "./model/state.js";

/** Logistic regression: binary by one output, more classes by a softmax over one output per class. Throws LINEAR_PROBLEM for regression, LINEAR_CLASS. */
export function logistic({ classWeight, ...options }: LogisticOptions): Trainer<LinearState> {
  return {
    problems: ["binary", "multiclass"],
    sparse: true,
    async train(data, start, progress) {
      const problem = requireClasses(data.problem);
      const classes = problem.classes.length;
      const { matrix, factors } = reweighClasses(await readMatrix(data, progress), problem, classWeight);
      const priors = logPriors(matrix, classes);
      const [loss, intercept] = problem.kind === "binary" ? [logLoss, [priors[1]! - priors[0]!]] : [softmaxLoss(classes), priors];
      return withDoubt(await fitLinear({ ...options, matrix, problem, progress }, loss, intercept, start), doubtOfClassWeights(factors));
    },
    lower: lowerClasses,
  };
}

function requireClasses(problem: Problem): Exclude<Problem, { readonly kind: "regression" }> {
  if (problem.kind !== "regression") return problem;
  throw new MillraceError({
    code: "LINEAR_PROBLEM",
    message: "Logistic regression learns classes, and the target is a number.",
    mend: 'Use the trainer "ridge", or make the target a text or a bool (`columns.task` says which problem it is).',
  });
}

/** Logarithms of the classes' shares, their mean 0: the optimum of a model without features. A class without rows counts as half a row. */
function logPriors(matrix: Matrix, classes: number): readonly number[] {
  const half = matrix.totalWeight / matrix.rows / 2;
  const logs = Array.from(classWeights(matrix, classes), (weight) => Math.log(Math.max(weight, half)));
  const mean = logs.reduce((sum, log) => sum + log, 0) / classes;
  return logs.map((log) => log - mean);
}
