import { z } from "zod";
import { rowCheckShape } from "./row-check.options.js";

export const inSetOptions = z.strictObject({
  ...rowCheckShape,
  values: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1).describe("The values allowed: texts for text columns, numbers for numeric ones, true and false for bool. Missing values pass."),
});

export type InSetOptions = z.output<typeof inSetOptions>;
