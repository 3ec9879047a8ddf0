import { z } from "zod";

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

export const sinceOptions = z.strictObject({
  date: z
    .string()
    .refine((text) => ISO.test(text) && !Number.isNaN(Date.parse(text)), { error: 'must be a date such as "2001-01-01" (midnight, UTC), or a time with its zone such as "2001-01-01T08:30:00Z"' })
    .nullable()
    .default(null)
    .describe("Counts from this time on, for every column; null: of two columns, from the second to the first."),
  unit: z.enum(["millisecond", "second", "minute", "hour", "day", "week"]).default("day").describe("What is counted, with fractions. Months and years differ in length: take them by `date-parts`."),
});
