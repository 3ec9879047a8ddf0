import { z } from "zod";

export const targetEncodeOptions = z.strictObject({
  smoothing: z
    .number()
    .min(0)
    .default(10)
    .describe("Rows that the overall mean weighs against a category's own: (sum of the category + smoothing * mean) / (rows of the category + smoothing)."),
});
