import { z } from "zod";

export const templateNameOptions = z.strictObject({
  distance: z.number().positive().describe("How far a prediction may be from its target."),
});
