import { z } from "zod";
import { severity } from "./row-check.options.js";

export const keysApartOptions = z.strictObject({
  columns: z.array(z.string()).min(1).describe("Key columns, each judged by itself."),
  severity,
});

export type KeysApartOptions = z.output<typeof keysApartOptions>;
