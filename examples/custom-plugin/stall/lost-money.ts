import { defineFold, MillraceError, toFloat64, type Metric } from "@millrace/core";
import { z } from "zod";

export const lostMoneyOptions = z.strictObject({
  price: z.string().min(1).default("price").describe("Column with the price of a cup."),
  wasted: z.number().min(0).max(1).default(0.3).describe("What a cup that nobody bought costs, as a share of its price."),
});

interface Sums {
  readonly weight: number;
  readonly lost: number;
}

/** Money lost per day: the price of each cup that was missing, and the cost of each that was left over. Reads the price beside the prediction. */
export function lostMoney({ price, wasted }: z.output<typeof lostMoneyOptions>): Metric {
  return {
    direction: "minimize",
    columns: [price],
    fold(problem) {
      if (problem.kind !== "regression") throw new MillraceError({ code: "METRIC_PROBLEM", message: `"lost-money" counts cups; this problem is ${problem.kind}.`, mend: "Use a metric for classes, such as accuracy." });
      return defineFold({
        start: (): Sums => ({ weight: 0, lost: 0 }),
        add(sums, batch) {
          const [target, prediction, prices] = ["$target", "$prediction", price].map((name) => toFloat64(batch.column(name)));
          const weights = batch.fields.some(({ name }) => name === "$weight") ? toFloat64(batch.column("$weight")) : null;
          let { weight, lost } = sums;
          for (let row = 0; row < batch.length; row++) {
            const missing = target![row]! - prediction![row]!;
            if (Number.isNaN(missing)) throw new MillraceError({ code: "METRIC_VALUE", message: `Row ${row} of a batch has no error.`, mend: "Impute missing inputs." });
            const loss = prices![row]! * (missing > 0 ? missing : -wasted * missing);
            const own = weights?.[row] ?? 1;
            weight += own;
            lost += own * loss;
          }
          return { weight, lost };
        },
        merge: (left, right) => ({ weight: left.weight + right.weight, lost: left.lost + right.lost }),
        // The standard error is left to the core, which leaves groups of rows out.
        finish: ({ weight, lost }) => ({ value: weight === 0 ? null : lost / weight, standardError: null, plot: null }),
      });
    },
  };
}
