import { z } from "zod";

export const standardizeOptions = z.strictObject({
  missing: z.enum(["mean", "keep"]).default("mean").describe("`mean`: missing values become the training mean, that is 0; `keep`: they stay missing."),
});
