import type { Fold, Metric, MetricResult } from "@millrace/core";
import { judgedRows } from "./judged-rows.js";
import { meanLoss } from "./mean-loss.js";
import { addToGrid, cellsOf, mergeGrids, startGrid, type ResidualGrid } from "./residual-grid.js";

interface Partial {
  mean: unknown;
  readonly grid: ResidualGrid;
}

/** How far the mean prediction is off (|mean of prediction - target|), with the residuals by prediction as a plot. */
export function residuals(): Metric {
  return {
    direction: "minimize",
    columns: [],
    fold(problem): Fold<MetricResult, Partial> {
      const mean = MEAN.fold(problem);
      return {
        start: () => ({ mean: mean.start(), grid: startGrid() }),
        add(partial, batch) {
          partial.mean = mean.add(partial.mean, batch);
          addToGrid(partial.grid, judgedRows(batch));
          return partial;
        },
        merge(left, right) {
          left.mean = mean.merge(left.mean, right.mean);
          mergeGrids(left.grid, right.grid);
          return left;
        },
        finish: ({ mean: found, grid }) => ({
          ...mean.finish(found),
          plot: { kind: "residuals", width: 2 ** grid.x.exponent, height: 2 ** grid.y.exponent, cells: cellsOf(grid) },
        }),
      };
    },
  };
}

const MEAN = meanLoss({
  name: "residuals",
  kinds: ["regression"],
  loss({ target, prediction, length }, _, losses) {
    for (let i = 0; i < length; i++) losses[i] = prediction[i]! - target[i]!;
  },
  finish: (mean, standardError) => ({ value: Math.abs(mean), standardError }),
});
