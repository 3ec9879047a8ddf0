import { z } from "zod";

export const powerOptions = z.strictObject({
  method: z.enum(["yeo-johnson", "box-cox"]).default("yeo-johnson").describe("`yeo-johnson`: for any numbers; `box-cox`: for numbers above 0, others become missing. The power is sought from -8 to 8, and only where the training values stay finite and apart."),
  standardize: z.boolean().default(true).describe("Scale the results to mean 0 and standard deviation 1 over the training rows."),
});
