import { z } from "zod";
import { decisionShape } from "./decision.options.js";

/** Options of precision, recall and F1. */
export const averagedShape = {
  average: z
    .enum(["binary", "macro", "micro", "weighted"])
    .optional()
    .describe("binary: of the positive class; macro: the mean over classes; weighted: that mean by the rows of each class; micro: over all rows together. Default: binary where the problem is, else macro."),
  zeroDivision: z.union([z.literal(0), z.literal(1)]).default(0).describe("The value of a class whose denominator is 0: never predicted (precision), never there (recall)."),
  ...decisionShape,
};

export type AveragedOptions = z.output<z.ZodObject<typeof averagedShape>>;
