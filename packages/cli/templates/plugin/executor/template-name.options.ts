import { z } from "zod";

export const templateNameOptions = z.strictObject({
  slots: z.int().min(1).max(64).default(2).describe("How many tasks may run at once.").meta({ location: true }),
});
