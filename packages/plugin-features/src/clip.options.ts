import { z } from "zod";

export const clipOptions = z
  .strictObject({
    lower: z.number().nullable().default(null).describe("Values below become this; null: no lower bound."),
    upper: z.number().nullable().default(null).describe("Values above become this; null: no upper bound."),
  })
  .refine(({ lower, upper }) => lower !== null || upper !== null, { error: "needs lower, upper or both" })
  .refine(({ lower, upper }) => lower === null || upper === null || lower <= upper, { path: ["upper"], error: "must not be below lower" });
