import { z } from "zod";

export const polynomialOptions = z.strictObject({
  degree: z.int().min(2).max(5).default(2).describe("The greatest number of factors of a product."),
  interactionsOnly: z.boolean().default(false).describe("Products of different columns only, no powers of one."),
});
