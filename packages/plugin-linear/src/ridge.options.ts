import { z } from "zod";

export const ridgeOptions = z.strictObject({
  l2: z.number().nonnegative().default(1).describe("Penalty: the sum of the rows' weighted squared errors plus l2 times the sum of squared weights is least; the intercept is free. scikit-learn's alpha. 0 is ordinary least squares."),
  tolerance: z
    .number()
    .positive()
    .default(1e-8)
    .describe("Used only where the code columns are too many and too long for exact normal equations: ends the training where the objective can fall by no more than this share of the mean loss of one row."),
  maxIterations: z.int().positive().default(200).describe("Used only there: iterations at most; a model that ends here says so on its card."),
});

export type RidgeOptions = z.output<typeof ridgeOptions>;
