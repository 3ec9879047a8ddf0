import { z } from "zod";
import { classWeight } from "./class-weight.options.js";

export const linearSvmOptions = z.strictObject({
  l2: z.number().positive().default(1).describe("Penalty: l2 / 2 times the sum of squared weights, beside the sum of the rows' weighted losses; the intercept is free. scikit-learn's C is 1 / l2."),
  loss: z.enum(["squared-hinge", "hinge"]).default("squared-hinge").describe("squared-hinge: max(0, 1 - margin)^2. hinge: max(0, 1 - margin), its corner rounded over the last 0.00001 before the margin (or rows / 10^8, where that is more); many times slower."),
  classWeight,
  tolerance: z.number().positive().default(1e-4).describe("Ends the training where the objective can fall by no more than this share of the mean loss of one row."),
  maxIterations: z.int().positive().default(200).describe("Iterations at most, for each class of a multiclass problem; a model that ends here says so on its card."),
});

export type LinearSvmOptions = z.output<typeof linearSvmOptions>;
