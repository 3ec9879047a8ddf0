import { z } from "zod";
import { datePart } from "./date-parts.options.js";
import { utcOffset } from "./utc-offset.options.js";

export const cyclicOptions = z.strictObject({
  part: datePart
    .exclude(["year"])
    .nullable()
    .default(null)
    .describe("For timestamps: the part that goes round (`hour`: 24 positions). The results are `<column>_<part>_sin` and `<column>_<part>_cos`."),
  period: z
    .int()
    .min(2)
    .max(100_000)
    .nullable()
    .default(null)
    .describe("For numbers: after how much they begin again (minutes of a day: 1440); fractions are rounded down. Categories go round after their number."),
  utcOffset,
});
