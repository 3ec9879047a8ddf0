import { z } from "zod";

export const templateNameOptions = z.strictObject({
  leastRows: z.int().min(1).default(16).describe("Batches of fewer rows are asked as they are."),
});
