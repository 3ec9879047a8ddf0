import { z } from "zod";
import { decisionShape } from "./decision.options.js";

/** The names are those of the option `cost` of the transform `decide`. */
export const costOptions = z.strictObject({
  falsePositive: z.number().describe("Cost of acting on a row that is not positive."),
  falseNegative: z.number().describe("Cost of leaving out a row that is positive."),
  truePositive: z.number().default(0).describe("Cost of acting on a row that is positive; a gain is a negative cost."),
  trueNegative: z.number().default(0).describe("Cost of leaving out a row that is not positive."),
  ...decisionShape,
});

export type CostOptions = z.output<typeof costOptions>;
