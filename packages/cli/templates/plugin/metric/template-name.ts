import { defineFold, MillraceError, toFloat64, type Frame, type Metric, type Out } from "@millrace/core";
import type { templateNameOptions } from "./template-name.options.js";

/** The share of predictions within a distance of their targets, by weight. */
export function createTemplateName({ distance }: Out<typeof templateNameOptions>): Metric {
  return {
    direction: "maximize",
    columns: [],
    fold(problem) {
      if (problem.kind !== "regression") throw new MillraceError({ code: "METRIC_PROBLEM", message: `"template-name" judges numbers; this problem is ${problem.kind}.`, mend: "Use a metric for classes, such as accuracy." });
      return defineFold({
        start: () => ({ weight: 0, near: 0, squares: 0, nearSquares: 0 }),
        add(sums, batch) {
          const [target, prediction] = [toFloat64(batch.column("$target")), toFloat64(batch.column("$prediction"))];
          const weights = weightsOf(batch);
          for (let row = 0; row < batch.length; row++) {
            const error = Math.abs(prediction[row]! - target[row]!);
            if (Number.isNaN(error)) throw new MillraceError({ code: "METRIC_VALUE", message: `Row ${row} of a batch has no error.`, mend: "Impute missing inputs." });
            const weight = weights?.[row] ?? 1;
            sums.weight += weight;
            sums.squares += weight * weight;
            if (error > distance) continue;
            sums.near += weight;
            sums.nearSquares += weight * weight;
          }
          return sums;
        },
        merge: (left, right) => ({ weight: left.weight + right.weight, near: left.near + right.near, squares: left.squares + right.squares, nearSquares: left.nearSquares + right.nearSquares }),
        finish({ weight, near, squares, nearSquares }) {
          if (weight === 0) return { value: null, standardError: null, plot: null };
          const share = near / weight;
          const variance = nearSquares * (1 - share) ** 2 + (squares - nearSquares) * share ** 2;
          return { value: share, standardError: Math.sqrt(variance) / weight, plot: null };
        },
      });
    },
  };
}

function weightsOf(batch: Frame): Float64Array | null {
  return batch.fields.some(({ name }) => name === "$weight") ? toFloat64(batch.column("$weight")) : null;
}
