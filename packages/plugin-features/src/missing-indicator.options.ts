import { z } from "zod";

export const missingIndicatorOptions = z.strictObject({
  columns: z.enum(["all", "seen"]).default("all").describe("`all`: every column gets an indicator; `seen`: those only that had a missing value in training."),
});
