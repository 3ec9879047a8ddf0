import { z } from "zod";

export const selectByVarianceOptions = z.strictObject({
  above: z.number().min(0).default(0).describe("Columns whose variance over the training rows is not above this are left out; 0: constant ones. Where none would be left, the one that varies most stays."),
});
