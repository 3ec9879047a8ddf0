import { z } from "zod";

export const minMaxOptions = z
  .strictObject({
    lower: z.number().default(0).describe("What the least value of the training rows becomes."),
    upper: z.number().default(1).describe("What the greatest value of the training rows becomes."),
    clip: z.boolean().default(false).describe("Hold values that lie outside of what training saw between `lower` and `upper`."),
  })
  .refine(({ lower, upper }) => lower < upper, { error: "`lower` must be below `upper`." });
