import { z } from "zod";

export const templateNameOptions = z.strictObject({
  column: z.string().min(1).describe("Column of texts to look at."),
  most: z.int().min(1).describe("How many characters a text may have."),
});
