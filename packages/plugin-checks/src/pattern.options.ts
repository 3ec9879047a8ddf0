import { z } from "zod";
import { rowCheckShape } from "./row-check.options.js";

export const patternOptions = z.strictObject({
  ...rowCheckShape,
  pattern: z
    .string()
    .refine(isPattern, { error: "is no regular expression of JavaScript with the flag u" })
    .describe("Regular expression (flag u) that every text must match; write ^ and $ to match whole texts. Missing values pass."),
});

export type PatternOptions = z.output<typeof patternOptions>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
