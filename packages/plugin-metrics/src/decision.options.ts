import { z } from "zod";

/** Options of every metric of decisions. */
export const decisionShape = {
  threshold: z.number().min(0).max(1).optional().describe("Binary: a row counts as positive where P(positive) is at least this. Default: as the model decides, where `decide` stands in `after`; else as its own label, which is the more probable class, the first of both at 0.5."),
};

export type DecisionOptions = z.output<z.ZodObject<typeof decisionShape>>;
