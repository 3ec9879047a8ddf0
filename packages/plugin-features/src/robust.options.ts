import { z } from "zod";

export const robustOptions = z
  .strictObject({
    lower: z.number().min(0).max(1).default(0.25).describe("Share of the training values below the lower quantile."),
    upper: z.number().min(0).max(1).default(0.75).describe("Share of the training values below the upper quantile; the distance of the two becomes 1."),
    center: z.boolean().default(true).describe("Put the training median at 0."),
  })
  .refine(({ lower, upper }) => lower < upper, { error: "`lower` must be below `upper`." });
