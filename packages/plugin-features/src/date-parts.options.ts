import { z } from "zod";
import { utcOffset } from "./utc-offset.options.js";

export const datePart = z.enum(["year", "quarter", "month", "day", "day-of-year", "weekday", "hour", "minute", "second"]);

export const datePartsOptions = z.strictObject({
  parts: z
    .array(datePart)
    .min(1)
    .refine((parts) => new Set(parts).size === parts.length, { error: "Each part once." })
    .default(["hour", "weekday", "month"])
    .describe("Parts to take, in this order. `weekday` is 1 (Monday) to 7 (Sunday), as in ISO 8601. Each becomes a column `<column>_<part>`."),
  as: z
    .enum(["category", "number"])
    .default("category")
    .describe("`category`: a category with the fixed list of the part's values, in order; `number`: a number. `year` has no fixed list and is always a number."),
  utcOffset,
});
