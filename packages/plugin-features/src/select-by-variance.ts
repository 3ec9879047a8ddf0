import type { Moments, Transform } from "@millrace/core";
import type { z } from "zod";
import { NUMBERS, requireInputs, type Takes } from "./input.js";
import { isConstant, momentsOf } from "./moments-state.js";
import type { selectByVarianceOptions } from "./select-by-variance.options.js";
import { choosing, selectionOf, shortly, type SelectionState } from "./selection.js";

const TAKES: Takes = { transform: "select-by-variance", allowed: NUMBERS, mend: "Give it columns of numbers; `select-by-information` takes categories too." };

/** Leaves out numbers that hardly vary. Missing and infinite values count in no variance. */
export function selectByVariance({ above }: z.infer<typeof selectByVarianceOptions>): Transform<SelectionState> {
  return {
    learnsFrom: "inputs",
    ...choosing(TAKES),
    fit(input) {
      requireInputs(TAKES, input, "fitted");
      return momentsOf(input.map(({ name }) => name), (all) => {
        const variances = all.map(varianceOf);
        const best = variances.indexOf(Math.max(...variances));
        const kept = variances.map((variance, index) => variance > above || index === best);
        return selectionOf(TAKES.transform, input.map(({ name }) => name), kept, (index) => (all[index]!.count === 0 ? "no value" : `variance ${shortly(variances[index]!)}`));
      });
    },
  };
}

function varianceOf(moments: Moments): number {
  return isConstant(moments) ? 0 : moments.variance;
}
