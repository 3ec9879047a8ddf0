import { MillraceError, type Trainer } from "@millrace/core";
import { classWeights } from "./matrix/class-weights.js";
import { readMatrix } from "./matrix/read-matrix.js";
import { lowerConstant } from "./model/constant.js";

export interface PriorState {
  /** The share of each class, in the order of the classes; binary: of the positive class alone. */
  readonly shares: Float64Array;
}

/** The baseline of classifiers: weighted class frequencies, whatever the features. Throws LINEAR_PROBLEM for regression. */
export function prior(): Trainer<PriorState> {
  return {
    problems: ["binary", "multiclass"],
    sparse: true,
    async train(data, _start, progress) {
      const { problem } = data;
      if (problem.kind === "regression")
        throw new MillraceError({ code: "LINEAR_PROBLEM", message: 'The baseline "prior" is for classes, and the target is a number.', mend: 'Use the baseline "mean".' });
      const matrix = await readMatrix({ ...data, features: [] }, progress);
      const shares = classWeights(matrix, problem.classes.length).map((weight) => weight / matrix.totalWeight);
      return { shares: problem.kind === "binary" ? shares.slice(1) : shares };
    },
    lower: ({ shares }, input, graph) => new Map([[shares.length === 1 ? "score" : "probabilities", lowerConstant(shares, input, graph)]]),
  };
}
