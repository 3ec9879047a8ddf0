import { z } from "zod";

export const templateNameOptions = z.strictObject({
  model: z.string().min(1).optional().describe("Only runs of this model. Default: all."),
});
