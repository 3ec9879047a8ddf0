import { MillraceError, type Trainer } from "@millrace/core";
import { readMatrix } from "./matrix/read-matrix.js";
import { lowerConstant } from "./model/constant.js";

export interface MeanState {
  readonly mean: number;
}

/** The baseline of regression: the weighted mean of the target, whatever the features. Throws LINEAR_PROBLEM for classes. */
export function mean(): Trainer<MeanState> {
  return {
    problems: ["regression"],
    sparse: true,
    async train(data, _start, progress) {
      if (data.problem.kind !== "regression")
        throw new MillraceError({ code: "LINEAR_PROBLEM", message: 'The baseline "mean" is for numbers, and the target is a class.', mend: 'Use the baseline "prior".' });
      const { target, weight, totalWeight } = await readMatrix({ ...data, features: [] }, progress);
      return { mean: target.reduce((sum, y, row) => sum + y * (weight === null ? 1 : weight[row]!), 0) / totalWeight };
    },
    lower: ({ mean }, input, graph) => new Map([["prediction", lowerConstant(Float64Array.of(mean), input, graph)]]),
  };
}
