import { z } from "zod";

const ISO = /^(\d{4})-(\d\d)-(\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/** What is wrong with a date; null: nothing. Date.parse makes 2 March of 30 February. */
function mistakeOf(text: string): string | null {
  const [, year, month, day] = ISO.exec(text) ?? [];
  if (year === undefined || Number.isNaN(Date.parse(text))) return 'must be a date such as "2001-01-01" (midnight, UTC), or a time with its zone such as "2001-01-01T08:30:00Z"';
  const last = lastDay(Number(year), Number(month));
  return Number(day) <= last ? null : `must be a day that there is: the last one of its month is ${year}-${month}-${last}`;
}

function lastDay(year: number, month: number): number {
  const next = new Date(0);
  // Date.UTC takes years below 100 for those of the last century.
  next.setUTCFullYear(year, month, 0);
  return next.getUTCDate();
}

export const sinceOptions = z.strictObject({
  date: z
    .string()
    .superRefine((text, context) => {
      const message = mistakeOf(text);
      if (message !== null) context.addIssue({ code: "custom", message });
    })
    .nullable()
    .default(null)
    .describe("Counts from this time on, for every column; null: of two columns, from the second to the first."),
  unit: z.enum(["millisecond", "second", "minute", "hour", "day", "week"]).default("day").describe("What is counted, with fractions. Months and years differ in length: take them by `date-parts`."),
});
