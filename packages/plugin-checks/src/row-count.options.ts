import { z } from "zod";
import { severity } from "./row-check.options.js";

export const rowCountOptions = z
  .strictObject({
    minimum: z.number().int().min(0).optional().describe("Fewest rows allowed."),
    maximum: z.number().int().min(0).optional().describe("Most rows allowed."),
    part: z.enum(["train", "validation", "test"]).optional().describe("Count the rows of this part. Default: all rows that were read."),
    severity,
  })
  .refine(({ minimum, maximum }) => minimum !== undefined || maximum !== undefined, { error: "Give minimum, maximum, or both." });

export type RowCountOptions = z.output<typeof rowCountOptions>;
