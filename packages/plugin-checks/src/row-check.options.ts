import { z } from "zod";

/** A column of the data. */
export const columnName = z.string().meta({ column: true });

export const severity = z.enum(["error", "warning"]).default("error").describe("error: stops the run; warning: is told and kept.");

/** Options of every check of single values. */
export const rowCheckShape = {
  columns: z.array(columnName).min(1).describe("Columns to look at."),
  atMost: z.number().min(0).max(1).default(0).describe("Share of the rows that may break the expectation."),
  severity,
};

export type RowCheckOptions = z.output<z.ZodObject<typeof rowCheckShape>>;
