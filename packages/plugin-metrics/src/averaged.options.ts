import { z } from "zod";
import { threshold } from "./decision.options.js";

export const averagedOptions = z.strictObject({
  average: z
    .enum(["binary", "macro", "micro", "weighted"])
    .optional()
    .describe("binary: of the positive class; macro: the mean over classes; weighted: that mean by the rows of each class; micro: over all rows together. Default: binary where the problem is, else macro."),
  zeroDivision: z.union([z.literal(0), z.literal(1)]).default(0).describe("The value of a class whose denominator is 0: never predicted (precision), never there (recall)."),
  threshold,
});

export type AveragedOptions = z.output<typeof averagedOptions>;
