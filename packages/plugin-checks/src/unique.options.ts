import { z } from "zod";
import { columnName, severity } from "./row-check.options.js";

export const uniqueOptions = z.strictObject({
  columns: z.array(columnName).min(1).describe("Columns whose combination occurs once. Rows in which one of them is missing pass."),
  memory: z
    .enum(["exact", "bounded"])
    .default("exact")
    .describe("exact: keeps every distinct text. bounded: keeps 16 bytes a row, a 53-bit hash in place of the text; among 3 million distinct texts one false finding in 2,000 checks. Numbers are exact either way."),
  severity,
});

export type UniqueOptions = z.output<typeof uniqueOptions>;
