import { z } from "zod";

export const selectByCorrelationOptions = z.strictObject({
  atMost: z.number().gt(0).max(1).default(0.95).describe("A column whose correlation with one before it, that stays, is greater than this in magnitude is left out. Put first what you would rather keep."),
});
