import { z } from "zod";

export const quantileOptions = z.strictObject({
  output: z.enum(["uniform", "normal"]).default("uniform").describe("`uniform`: from 0 to 1; `normal`: standard normal, within -5.2 and 5.2."),
  quantiles: z.int().min(2).max(1000).default(1000).describe("How many quantiles of the training values are kept, at most; between two of them the result is linear."),
});
