import { z } from "zod";
import { columnName, severity } from "./row-check.options.js";

export const keysApartOptions = z.strictObject({
  columns: z.array(columnName).min(1).describe("Key columns, each judged by itself."),
  severity,
});

export type KeysApartOptions = z.output<typeof keysApartOptions>;
