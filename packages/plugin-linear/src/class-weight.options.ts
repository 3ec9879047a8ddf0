import { z } from "zod";

/** How much the rows of a class weigh in the loss. */
export const classWeight = z
  .union([z.literal("balanced"), z.record(z.string(), z.number().positive())])
  .nullable()
  .default(null)
  .describe('Factors of the rows\' weights by class: "balanced" makes all classes weigh the same (weight of all rows / (classes * weight of the class)), or { "<class>": factor }, 1 for a class that is not named. Probabilities are then no frequencies, unless `calibrate` stands in `after`.');

export type ClassWeight = z.output<typeof classWeight>;
