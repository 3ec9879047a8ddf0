import { z } from "zod";

export const powerOptions = z.strictObject({
  method: z.enum(["yeo-johnson", "box-cox"]).default("yeo-johnson").describe("`yeo-johnson`: for any numbers; `box-cox`: for numbers above 0, others become missing."),
  standardize: z.boolean().default(true).describe("Scale the results to mean 0 and standard deviation 1 over the training rows."),
});
