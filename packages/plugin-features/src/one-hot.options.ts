import { z } from "zod";
import { categoryLimits } from "./category.options.js";

export const oneHotOptions = z.strictObject({
  ...categoryLimits,
  dense: z.boolean().default(false).describe("false: the category's code, which trainers expand as they need it; true: a vector of zeros and one 1, at most 4,096 wide."),
});
