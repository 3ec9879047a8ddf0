import { z } from "zod";

export const imputeOptions = z
  .strictObject({
    strategy: z
      .enum(["mean", "most-frequent", "constant"])
      .nullable()
      .default(null)
      .describe("What takes the place of missing values: the training mean (numbers), the most frequent category (text and categories), or `value`. null: the mean for numbers, the most frequent for the others."),
    value: z.union([z.number(), z.string()]).nullable().default(null).describe("The constant, for `strategy: \"constant\"`: a number, or a text."),
  })
  .refine(({ strategy, value }) => strategy !== "constant" || value !== null, { path: ["value"], error: 'is needed where strategy is "constant"' })
  .refine(({ strategy, value }) => strategy === "constant" || value === null, { path: ["value"], error: 'goes with strategy "constant" only' });
