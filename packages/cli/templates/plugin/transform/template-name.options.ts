import { z } from "zod";

export const templateNameOptions = z.strictObject({
  deviations: z.number().positive().default(3).describe("How many standard deviations from the mean a value may lie."),
});
