import { z } from "zod";
import { rowCheckShape } from "./row-check.options.js";

const bound = z.union([z.number(), z.iso.datetime({ offset: true }), z.iso.date()]);

export const rangeOptions = z
  .strictObject({
    ...rowCheckShape,
    minimum: bound.optional().describe("Least value allowed; for timestamps an ISO 8601 date or time, or epoch milliseconds."),
    maximum: bound.optional().describe("Greatest value allowed, likewise."),
  })
  .refine(({ minimum, maximum }) => minimum !== undefined || maximum !== undefined, { error: "Give minimum, maximum, or both." });

export type RangeOptions = z.output<typeof rangeOptions>;
