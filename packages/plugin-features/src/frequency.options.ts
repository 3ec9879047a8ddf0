import { z } from "zod";

export const frequencyOptions = z.strictObject({
  as: z.enum(["share", "count"]).default("share").describe("`share`: of the training rows; `count`: how many of them."),
});
