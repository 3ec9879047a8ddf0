import { z } from "zod";
import { columnName } from "./row-check.options.js";

export const leakageOptions = z.strictObject({
  columns: z.array(columnName).optional().describe("Columns to judge. Default: all that a model may learn from."),
  ignore: z.array(columnName).default([]).describe("Columns to leave out: those that are known to tell the target in time."),
  threshold: z.number().min(0.5).max(1).default(0.98).describe("From this single-column score on (1: the column tells the target, 0.5: it knows nothing) a finding is an error."),
  warnFrom: z.number().min(0.5).max(1).default(0.95).describe("From this score on a finding is a warning."),
  sampleRows: z.number().int().min(1000).max(10_000_000).default(50_000).describe("Rows of the training part to look at, at most: of more, a random half, a quarter and so on, chosen by the row number."),
});

export type LeakageOptions = z.output<typeof leakageOptions>;
