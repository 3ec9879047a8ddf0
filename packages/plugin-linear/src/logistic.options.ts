import { z } from "zod";
import { classWeight } from "./class-weight.options.js";

export const logisticOptions = z.strictObject({
  l2: z.number().nonnegative().default(1).describe("Penalty: l2 / 2 times the sum of squared weights, beside the sum of the rows' weighted log-losses; the intercept is free. scikit-learn's C is 1 / l2."),
  l1: z.number().nonnegative().default(0).describe("Penalty: l1 times the sum of the weights' absolute values; it leaves weights out altogether (makes them 0). scikit-learn's elastic net with C = 1 / (l1 + l2) and l1_ratio = l1 / (l1 + l2)."),
  classWeight,
  tolerance: z
    .number()
    .positive()
    .default(1e-4)
    .describe("Ends the training where the objective can fall by no more than this share of the mean loss of one row. 1e-4 leaves each weight within about a hundredth of its standard error of the optimum; 1e-12 is near what float64 can tell."),
  maxIterations: z.int().positive().default(100).describe("Iterations at most; a model that ends here says so on its card."),
});

export type LogisticOptions = z.output<typeof logisticOptions>;
