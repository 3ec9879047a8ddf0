import { z } from "zod";

export const threshold = z.number().min(0).max(1).default(0.5).describe("Binary: a row counts as positive from this P(positive) on. 0.5 is what the model's own label says.");

export const decisionOptions = z.strictObject({ threshold });

export type DecisionOptions = z.output<typeof decisionOptions>;
