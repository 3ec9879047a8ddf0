import { z } from "zod";

export const templateNameOptions = z.strictObject({
  smoothing: z.number().positive().default(1).describe("Rows that each category of a class is said to have been seen in before the first."),
  variance: z.number().positive().default(1e-6).describe("Least variance of a number within a class."),
});
